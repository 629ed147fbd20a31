//! From tokens to a [`Query`].

use super::{
    QueryFault,
    lexer::{self, Token},
    syntax::{Call, FieldSet, Function, Item, Operand, Order, Path, Query},
};

/// Most characters of a query (SOQL guide, limits).
const LONGEST_CHARACTERS: usize = 100_000;

/// Words that end the list of names after FROM, so they are no alias.
const CLAUSES: [&str; 10] = [
    "USING", "WHERE", "WITH", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "FOR", "ALL",
];

/// Reads a query. `now` (seconds since 1970) gives date literals their meaning.
pub fn parse(text: &str, now: i64) -> Result<Query, QueryFault> {
    if text.len() > LONGEST_CHARACTERS {
        return Err(QueryFault::malformed(
            "",
            0,
            "SOQL statements cannot be longer than 100000 characters.",
        ));
    }
    let tokens = lexer::tokens(text)?;
    let mut parser = Parser {
        text,
        tokens,
        at: 0,
        now,
        depth: 0,
    };
    let query = parser.query(false)?;
    match parser.peek() {
        Token::End => Ok(query),
        _ => Err(parser.unexpected()),
    }
}

/// The reading position.
pub(super) struct Parser<'text> {
    pub(super) text: &'text str,
    tokens: Vec<(Token, usize)>,
    at: usize,
    pub(super) now: i64,
    depth: usize,
}

impl Parser<'_> {
    pub(super) fn peek(&self) -> &Token {
        self.tokens.get(self.at).map_or(&Token::End, |(token, _)| token)
    }

    fn peek_second(&self) -> &Token {
        self.tokens
            .get(self.at + 1)
            .map_or(&Token::End, |(token, _)| token)
    }

    pub(super) fn position(&self) -> usize {
        self.tokens
            .get(self.at)
            .map_or(self.text.len(), |(_, position)| *position)
    }

    pub(super) fn advance(&mut self) -> Token {
        let token = self.peek().clone();
        self.at += 1;
        token
    }

    pub(super) fn unexpected(&self) -> QueryFault {
        let shown = self.peek().shown();
        QueryFault::malformed(self.text, self.position(), format!("unexpected token: '{shown}'"))
    }

    pub(super) fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Token::Word(found) if found.eq_ignore_ascii_case(word))
    }

    pub(super) fn take_word(&mut self, word: &str) -> bool {
        let taken = self.is_word(word);
        self.at += usize::from(taken);
        taken
    }

    pub(super) fn take_sign(&mut self, sign: &str) -> bool {
        let taken = matches!(self.peek(), Token::Sign(found) if *found == sign);
        self.at += usize::from(taken);
        taken
    }

    pub(super) fn need_word(&mut self, word: &str) -> Result<(), QueryFault> {
        if self.take_word(word) {
            Ok(())
        } else {
            Err(self.unexpected())
        }
    }

    pub(super) fn need_sign(&mut self, sign: &str) -> Result<(), QueryFault> {
        if self.take_sign(sign) {
            Ok(())
        } else {
            Err(self.unexpected())
        }
    }

    /// Refuses nesting so deep that reading it would exhaust the stack.
    pub(super) fn enter(&mut self) -> Result<(), QueryFault> {
        self.depth += 1;
        if self.depth > 60 {
            return Err(QueryFault::malformed(
                self.text,
                self.position(),
                "too many nested conditions",
            ));
        }
        Ok(())
    }

    pub(super) fn leave(&mut self) {
        self.depth -= 1;
    }

    pub(super) fn query(&mut self, inside: bool) -> Result<Query, QueryFault> {
        self.enter()?;
        self.need_word("SELECT")?;
        let mut items = vec![self.item(inside)?];
        while self.take_sign(",") {
            items.push(self.item(inside)?);
        }
        self.need_word("FROM")?;
        let from_position = self.position();
        let from = self.path()?.names.join(".");
        self.take_word("AS");
        let alias = match self.peek() {
            Token::Word(word) if !CLAUSES.iter().any(|clause| clause.eq_ignore_ascii_case(word)) => {
                let alias = word.clone();
                self.at += 1;
                Some(alias)
            }
            _ => None,
        };
        let mut query = Query {
            items,
            from,
            from_position,
            alias,
            mine: false,
            condition: None,
            groups: Vec::new(),
            having: None,
            orders: Vec::new(),
            limit: None,
            offset: 0,
        };
        self.clauses(&mut query)?;
        self.leave();
        Ok(query)
    }

    fn clauses(&mut self, query: &mut Query) -> Result<(), QueryFault> {
        if self.take_word("USING") {
            self.need_word("SCOPE")?;
            query.mine = self.is_word("mine");
            if !self.take_word("mine") {
                self.need_word("everything")?;
            }
        }
        if self.take_word("WHERE") {
            query.condition = Some(self.condition()?);
        }
        if self.take_word("WITH") && !self.take_word("SECURITY_ENFORCED") && !self.take_word("USER_MODE") {
            self.need_word("SYSTEM_MODE")?;
        }
        if self.take_word("GROUP") {
            self.need_word("BY")?;
            query.groups.push(self.path()?);
            while self.take_sign(",") {
                query.groups.push(self.path()?);
            }
            if self.take_word("HAVING") {
                query.having = Some(self.condition()?);
            }
        }
        if self.take_word("ORDER") {
            self.need_word("BY")?;
            query.orders.push(self.order()?);
            while self.take_sign(",") {
                query.orders.push(self.order()?);
            }
        }
        if self.take_word("LIMIT") {
            query.limit = Some(self.count()?);
        }
        if self.take_word("OFFSET") {
            query.offset = self.count()?;
        }
        if self.take_word("FOR") && !self.take_word("VIEW") && !self.take_word("REFERENCE") {
            self.need_word("UPDATE")?;
        }
        Ok(())
    }

    fn count(&mut self) -> Result<u32, QueryFault> {
        let parsed = match self.peek() {
            Token::Figure(figure) => figure.parse().ok(),
            _ => None,
        };
        match parsed {
            Some(count) => {
                self.at += 1;
                Ok(count)
            }
            None => Err(self.unexpected()),
        }
    }

    fn item(&mut self, inside: bool) -> Result<Item, QueryFault> {
        if self.take_sign("(") {
            if inside {
                return Err(self.unexpected());
            }
            let children = self.query(true)?;
            self.need_sign(")")?;
            return Ok(Item::Children(Box::new(children)));
        }
        if self.is_word("FROM") {
            return Err(self.unexpected());
        }
        let called = *self.peek_second() == Token::Sign("(");
        let Token::Word(word) = self.peek().clone() else {
            return Err(self.unexpected());
        };
        if !called {
            let path = self.path()?;
            return Ok(Item::Field {
                path,
                alias: self.item_alias(),
            });
        }
        let unknown = self.unexpected();
        self.at += 2;
        if word.eq_ignore_ascii_case("FIELDS") {
            let set = [
                ("ALL", FieldSet::All),
                ("STANDARD", FieldSet::Standard),
                ("CUSTOM", FieldSet::Custom),
            ]
            .into_iter()
            .find(|(name, _)| self.is_word(name));
            let (_, set) = set.ok_or_else(|| self.unexpected())?;
            self.at += 1;
            self.need_sign(")")?;
            return Ok(Item::Fields(set));
        }
        if ["TOLABEL", "FORMAT"]
            .iter()
            .any(|name| word.eq_ignore_ascii_case(name))
        {
            let path = self.path()?;
            self.need_sign(")")?;
            return Ok(Item::Field {
                path,
                alias: self.item_alias(),
            });
        }
        let function = Function::named(&word).ok_or(unknown)?;
        if function == Function::Count && self.take_sign(")") {
            return Ok(Item::Count);
        }
        let path = self.path()?;
        self.need_sign(")")?;
        Ok(Item::Aggregate {
            call: Call { function, path },
            alias: self.item_alias(),
        })
    }

    fn item_alias(&mut self) -> Option<String> {
        match self.peek() {
            Token::Word(word) if !word.eq_ignore_ascii_case("FROM") => {
                let alias = word.clone();
                self.at += 1;
                Some(alias)
            }
            _ => None,
        }
    }

    pub(super) fn path(&mut self) -> Result<Path, QueryFault> {
        let position = self.position();
        let mut names = Vec::new();
        loop {
            match self.peek() {
                Token::Word(word) => names.push(word.clone()),
                _ => return Err(self.unexpected()),
            }
            self.at += 1;
            if !self.take_sign(".") {
                return Ok(Path { names, position });
            }
        }
    }

    pub(super) fn operand(&mut self) -> Result<Operand, QueryFault> {
        if *self.peek_second() != Token::Sign("(") {
            return Ok(Operand::Path(self.path()?));
        }
        let unknown = self.unexpected();
        let Token::Word(word) = self.advance() else {
            return Err(unknown);
        };
        self.need_sign("(")?;
        let path = self.path()?;
        self.need_sign(")")?;
        if word.eq_ignore_ascii_case("TOLABEL") {
            return Ok(Operand::Path(path));
        }
        let function = Function::named(&word).ok_or(unknown)?;
        Ok(Operand::Call(Call { function, path }))
    }

    fn order(&mut self) -> Result<Order, QueryFault> {
        let operand = self.operand()?;
        let descending = self.take_word("DESC");
        if !descending {
            self.take_word("ASC");
        }
        let mut nulls_last = false;
        if self.take_word("NULLS") {
            nulls_last = self.take_word("LAST");
            if !nulls_last {
                self.need_word("FIRST")?;
            }
        }
        Ok(Order {
            operand,
            descending,
            nulls_last,
        })
    }
}
