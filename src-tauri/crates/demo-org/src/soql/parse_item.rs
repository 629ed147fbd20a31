//! What a query asks for: fields, functions, sub-queries, TYPEOF.

use super::{
    QueryFault,
    lexer::Token,
    parse::Parser,
    parts::Part,
    syntax::{Call, Dress, FieldSet, Function, Item, Operand, Path},
};

impl Parser<'_> {
    pub(super) fn item(&mut self) -> Result<Item, QueryFault> {
        if self.take_sign("(") {
            let children = self.query()?;
            self.need_sign(")")?;
            return Ok(Item::Children(Box::new(children)));
        }
        if self.is_word("FROM") {
            return Err(self.unexpected());
        }
        if *self.peek_second() != Token::Sign("(") {
            if self.is_word("TYPEOF") && matches!(self.peek_second(), Token::Word(_)) {
                return self.type_of();
            }
            let path = self.path()?;
            let (dress, alias) = (Dress::Plain, self.item_alias());
            return Ok(Item::Field { path, dress, alias });
        }
        self.called_item()
    }

    fn called_item(&mut self) -> Result<Item, QueryFault> {
        let word = self.function()?;
        let dress = match word.to_ascii_uppercase().as_str() {
            "FIELDS" => return self.field_set(),
            "TOLABEL" => Some(Dress::Label),
            "FORMAT" => Some(Dress::Format),
            "GROUPING" => {
                let operand = self.operand()?;
                self.need_sign(")")?;
                let alias = self.item_alias();
                return Ok(Item::Grouping { operand, alias });
            }
            _ => None,
        };
        let called = *self.peek_second() == Token::Sign("(");
        if dress == Some(Dress::Format) && called {
            return self.formatted_aggregate();
        }
        if let Some(dress) = dress {
            let path = self.plain_path()?;
            self.need_sign(")")?;
            let alias = self.item_alias();
            return Ok(Item::Field { path, dress, alias });
        }
        if word.eq_ignore_ascii_case("COUNT") && self.take_sign(")") {
            return Ok(Item::Count);
        }
        let operand = self.argument(&word)?;
        let alias = self.item_alias();
        Ok(match operand {
            Operand::Call(call) => Item::Aggregate {
                call,
                dress: Dress::Plain,
                alias,
            },
            Operand::Part(part, path) => Item::Part { part, path, alias },
            Operand::Path(path) => Item::Field {
                path,
                dress: Dress::Plain,
                alias,
            },
        })
    }

    /// `FORMAT(MIN(CloseDate))`, behind the first bracket.
    fn formatted_aggregate(&mut self) -> Result<Item, QueryFault> {
        let unexpected = self.unexpected();
        let function = self.function()?;
        let Operand::Call(call) = self.argument(&function)? else {
            return Err(unexpected);
        };
        self.need_sign(")")?;
        Ok(Item::Aggregate {
            call,
            dress: Dress::Format,
            alias: self.item_alias(),
        })
    }

    fn field_set(&mut self) -> Result<Item, QueryFault> {
        let sets = [
            ("ALL", FieldSet::All),
            ("STANDARD", FieldSet::Standard),
            ("CUSTOM", FieldSet::Custom),
        ];
        let named = sets.into_iter().find(|(name, _)| self.is_word(name));
        let (_, set) = named.ok_or_else(|| self.unexpected())?;
        self.at += 1;
        self.need_sign(")")?;
        Ok(Item::Fields(set))
    }

    /// The name of a known function, with its opening bracket.
    fn function(&mut self) -> Result<String, QueryFault> {
        let position = self.position();
        let Token::Word(word) = self.advance() else {
            self.at -= 1;
            return Err(self.unexpected());
        };
        if word.eq_ignore_ascii_case("CONVERTCURRENCY") {
            let why = "convertCurrency is not supported: this organization has a single currency";
            return Err(QueryFault::malformed(self.text, position, why));
        }
        let known = ["FIELDS", "TOLABEL", "FORMAT", "GROUPING"];
        let is_known = known.iter().any(|name| name.eq_ignore_ascii_case(&word))
            || Function::named(&word).is_some()
            || Part::named(&word).is_some();
        if !is_known {
            return Err(self.unexpected());
        }
        self.need_sign("(")?;
        Ok(word)
    }

    /// What stands between the brackets of an aggregate or a date function, with the closing one.
    fn argument(&mut self, function: &str) -> Result<Operand, QueryFault> {
        let zoned = *self.peek_second() == Token::Sign("(") && self.is_word("CONVERTTIMEZONE");
        let operand = match (Function::named(function), Part::named(function)) {
            (Some(function), _) => Operand::Call(Call {
                function,
                path: self.plain_path()?,
            }),
            (None, Some(part)) => {
                self.at += if zoned { 2 } else { 0 };
                let path = self.plain_path()?;
                if zoned {
                    self.need_sign(")")?;
                }
                Operand::Part(part, path)
            }
            (None, None) => return Err(self.unexpected()),
        };
        self.need_sign(")")?;
        Ok(operand)
    }

    fn plain_path(&mut self) -> Result<Path, QueryFault> {
        if *self.peek_second() == Token::Sign("(") {
            self.function()?;
            self.at -= 1;
            return Err(self.unexpected());
        }
        self.path()
    }

    /// What a condition, an order or a group looks at.
    pub(super) fn operand(&mut self) -> Result<Operand, QueryFault> {
        if *self.peek_second() != Token::Sign("(") {
            return Ok(Operand::Path(self.path()?));
        }
        let word = self.function()?;
        if word.eq_ignore_ascii_case("TOLABEL") {
            let path = self.path()?;
            self.need_sign(")")?;
            return Ok(Operand::Path(path));
        }
        if word.eq_ignore_ascii_case("FORMAT") || word.eq_ignore_ascii_case("FIELDS") {
            self.at -= 1;
            return Err(self.unexpected());
        }
        self.argument(&word)
    }

    fn type_of(&mut self) -> Result<Item, QueryFault> {
        self.need_word("TYPEOF")?;
        let path = self.path()?;
        let mut cases = Vec::new();
        self.need_word("WHEN")?;
        loop {
            let object = self.path()?;
            self.need_word("THEN")?;
            cases.push((object, self.type_fields()?));
            if !self.take_word("WHEN") {
                break;
            }
        }
        let otherwise = if self.take_word("ELSE") {
            Some(self.type_fields()?)
        } else {
            None
        };
        self.need_word("END")?;
        Ok(Item::TypeOf {
            path,
            cases,
            otherwise,
        })
    }

    fn type_fields(&mut self) -> Result<Vec<Path>, QueryFault> {
        let mut fields = vec![self.path()?];
        while self.take_sign(",") {
            fields.push(self.path()?);
        }
        Ok(fields)
    }

    /// The other name of an item: a word before the next item or FROM. Any other word is no alias but a mistake.
    fn item_alias(&mut self) -> Option<String> {
        let Token::Word(word) = self.peek() else {
            return None;
        };
        let ends = match self.peek_second() {
            Token::Sign(sign) => *sign == ",",
            Token::Word(next) => next.eq_ignore_ascii_case("FROM"),
            _ => false,
        };
        if !ends || word.eq_ignore_ascii_case("FROM") {
            return None;
        }
        let alias = word.clone();
        self.at += 1;
        Some(alias)
    }
}
