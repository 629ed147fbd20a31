//! From tokens to a [`Query`].

use super::{
    QueryFault,
    lexer::{self, Token},
    syntax::{Operand, Order, Path, Query, Totals},
};

/// Most characters of a query (SOQL guide, limits).
const LONGEST_CHARACTERS: usize = 100_000;

/// Words that end the list of names after FROM, so they are no alias.
const CLAUSES: [&str; 11] = [
    "USING", "WHERE", "WITH", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "FOR", "ALL", "UPDATE",
];

/// Reads a query. `now` (seconds since 1970) gives date literals their meaning.
pub fn parse(text: &str, now: i64) -> Result<Query, QueryFault> {
    if text.chars().count() > LONGEST_CHARACTERS {
        return Err(QueryFault::unplaced(
            "MALFORMED_QUERY",
            format!("SOQL statements cannot be longer than {LONGEST_CHARACTERS} characters."),
        ));
    }
    if text.trim().is_empty() {
        return Err(QueryFault::unplaced(
            "MALFORMED_QUERY",
            "A query string has to be specified",
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
    let query = parser.query()?;
    match parser.peek() {
        Token::End => Ok(query),
        _ => Err(parser.unexpected()),
    }
}

/// The reading position.
pub(super) struct Parser<'text> {
    pub(super) text: &'text str,
    tokens: Vec<(Token, usize)>,
    pub(super) at: usize,
    pub(super) now: i64,
    depth: usize,
}

impl Parser<'_> {
    pub(super) fn peek(&self) -> &Token {
        self.tokens.get(self.at).map_or(&Token::End, |(token, _)| token)
    }

    pub(super) fn peek_second(&self) -> &Token {
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

    pub(super) fn query(&mut self) -> Result<Query, QueryFault> {
        self.enter()?;
        self.need_word("SELECT")?;
        let mut items = vec![self.item()?];
        while self.take_sign(",") {
            items.push(self.item()?);
        }
        self.need_word("FROM")?;
        let from_position = self.position();
        let from = self.path()?.names.join(".");
        let mut aliases = Vec::new();
        aliases.extend(self.object_alias().map(|alias| (alias, Vec::new())));
        while self.take_sign(",") {
            let names = self.path()?.names;
            if let Some(alias) = self.object_alias() {
                aliases.push((alias, names));
            }
        }
        let mut query = Query {
            items,
            from,
            from_position,
            aliases,
            mine: false,
            condition: None,
            groups: Vec::new(),
            totals: Totals::None,
            having: None,
            orders: Vec::new(),
            limit: None,
            offset: 0,
        };
        self.clauses(&mut query)?;
        self.leave();
        Ok(query)
    }

    fn object_alias(&mut self) -> Option<String> {
        self.take_word("AS");
        match self.peek() {
            Token::Word(word) if !CLAUSES.iter().any(|clause| clause.eq_ignore_ascii_case(word)) => {
                let alias = word.clone();
                self.at += 1;
                Some(alias)
            }
            _ => None,
        }
    }

    fn clauses(&mut self, query: &mut Query) -> Result<(), QueryFault> {
        if self.take_word("USING") {
            self.need_word("SCOPE")?;
            query.mine = self.is_word("mine") || self.is_word("mine_and_my_groups");
            if query.mine {
                self.at += 1;
            } else {
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
            self.groups(query)?;
        }
        if self.take_word("HAVING") {
            query.having = Some(self.condition()?);
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
        if self.is_word("ALL") {
            let position = self.position();
            self.at += 1;
            self.need_word("ROWS")?;
            let why = "ALL ROWS not allowed in this context";
            return Err(QueryFault::malformed(self.text, position, why));
        }
        while self.take_word("FOR") {
            if !self.take_word("VIEW") && !self.take_word("REFERENCE") {
                self.need_word("UPDATE")?;
            }
        }
        Ok(())
    }

    fn groups(&mut self, query: &mut Query) -> Result<(), QueryFault> {
        let called = *self.peek_second() == Token::Sign("(");
        query.totals = match called {
            true if self.is_word("ROLLUP") => Totals::Rollup,
            true if self.is_word("CUBE") => Totals::Cube,
            _ => Totals::None,
        };
        let bracketed = query.totals != Totals::None;
        self.at += if bracketed { 2 } else { 0 };
        query.groups.push(self.operand()?);
        while self.take_sign(",") {
            query.groups.push(self.operand()?);
        }
        if bracketed {
            self.need_sign(")")?;
        }
        Ok(())
    }

    fn count(&mut self) -> Result<u32, QueryFault> {
        let parsed = match self.peek() {
            Token::Figure(figure) if figure.bytes().all(|byte| byte.is_ascii_digit()) => figure.parse().ok(),
            Token::Sign(":") => return Err(self.bound()),
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

    /// The refusal of a variable of Apex.
    pub(super) fn bound(&self) -> QueryFault {
        QueryFault::malformed(
            self.text,
            self.position(),
            "Bind variables only allowed in Apex code",
        )
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

    fn order(&mut self) -> Result<Order, QueryFault> {
        let operand: Operand = self.operand()?;
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
