//! Conditions of WHERE and HAVING, and their literals.

use super::{
    QueryFault, dates,
    lexer::{self, Token},
    parse::Parser,
    syntax::{Condition, Literal, Operand, Operator, SpanForm},
};
use crate::clock;

impl Parser<'_> {
    /// Several conditions. AND and OR do not mix without brackets, as in SOQL.
    pub(super) fn condition(&mut self) -> Result<Condition, QueryFault> {
        self.enter()?;
        let first = self.single_condition()?;
        let found = if self.is_word("AND") {
            let all = self.more(first, "AND")?;
            Condition::And(all)
        } else if self.is_word("OR") {
            let all = self.more(first, "OR")?;
            Condition::Or(all)
        } else {
            first
        };
        if self.is_word("AND") || self.is_word("OR") {
            return Err(self.unexpected());
        }
        self.leave();
        Ok(found)
    }

    fn more(&mut self, first: Condition, word: &str) -> Result<Vec<Condition>, QueryFault> {
        let mut all = vec![first];
        while self.take_word(word) {
            all.push(self.single_condition()?);
        }
        Ok(all)
    }

    fn single_condition(&mut self) -> Result<Condition, QueryFault> {
        if self.take_word("NOT") {
            self.enter()?;
            let inner = self.single_condition()?;
            self.leave();
            return Ok(Condition::Not(Box::new(inner)));
        }
        if self.take_sign("(") {
            let inner = self.condition()?;
            self.need_sign(")")?;
            return Ok(inner);
        }
        let operand = self.operand()?;
        if self.take_word("LIKE") {
            let position = self.position();
            let Token::Text(raw) = self.peek().clone() else {
                return Err(self.unexpected());
            };
            self.advance();
            let pieces = lexer::pieces(&raw, true).ok_or_else(|| self.bad_escape(position))?;
            return Ok(Condition::Like(operand, pieces));
        }
        let excludes = self.take_word("EXCLUDES");
        if excludes || self.take_word("INCLUDES") {
            return self.includes(operand, excludes);
        }
        let negated = self.take_word("NOT");
        if self.take_word("IN") {
            if self.peek() == &Token::Sign(":") {
                return Err(self.bound());
            }
            self.need_sign("(")?;
            if self.is_word("SELECT") {
                let query = self.query()?;
                self.need_sign(")")?;
                return Ok(Condition::InQuery(operand, negated, Box::new(query)));
            }
            let mut values = vec![self.literal()?];
            while self.take_sign(",") {
                values.push(self.literal()?);
            }
            self.need_sign(")")?;
            return Ok(Condition::In(operand, negated, values));
        }
        if negated {
            return Err(self.unexpected());
        }
        let operators = [
            ("=", Operator::Equal),
            ("!=", Operator::Unequal),
            ("<>", Operator::Unequal),
            ("<=", Operator::LessOrEqual),
            (">=", Operator::GreaterOrEqual),
            ("<", Operator::Less),
            (">", Operator::Greater),
        ];
        for (sign, operator) in operators {
            if self.take_sign(sign) {
                return Ok(Condition::Compare(operand, operator, self.literal()?));
            }
        }
        Err(self.unexpected())
    }

    fn includes(&mut self, operand: Operand, excludes: bool) -> Result<Condition, QueryFault> {
        self.need_sign("(")?;
        let mut sets = Vec::new();
        loop {
            let position = self.position();
            let Token::Text(raw) = self.peek().clone() else {
                return Err(self.unexpected());
            };
            self.advance();
            sets.push(lexer::plain(&raw).ok_or_else(|| self.bad_escape(position))?);
            if !self.take_sign(",") {
                break;
            }
        }
        self.need_sign(")")?;
        Ok(Condition::Includes(operand, excludes, sets))
    }

    fn bad_escape(&self, position: usize) -> QueryFault {
        QueryFault::malformed(
            self.text,
            position,
            "Invalid string literal: illegal character sequence",
        )
    }

    fn literal(&mut self) -> Result<Literal, QueryFault> {
        let position = self.position();
        let found = match self.peek().clone() {
            Token::Text(raw) => Literal::Text(lexer::plain(&raw).ok_or_else(|| self.bad_escape(position))?),
            Token::Figure(figure) => figure_literal(&figure).ok_or_else(|| self.unexpected())?,
            Token::Word(word) => return self.word_literal(&word),
            Token::Sign(":") => return Err(self.bound()),
            _ => return Err(self.unexpected()),
        };
        self.advance();
        Ok(found)
    }

    fn word_literal(&mut self, word: &str) -> Result<Literal, QueryFault> {
        let unexpected = self.unexpected();
        self.advance();
        match word.to_ascii_lowercase().as_str() {
            "null" => return Ok(Literal::Null),
            "true" => return Ok(Literal::Boolean(true)),
            "false" => return Ok(Literal::Boolean(false)),
            _ => {}
        }
        let number = if self.take_sign(":") {
            match self.advance() {
                Token::Figure(figure) => figure.parse::<i32>().ok(),
                _ => None,
            }
        } else {
            None
        };
        let today = clock::day_of(self.now);
        let (from, until) = dates::span(&word.to_ascii_uppercase(), number, today).ok_or(unexpected)?;
        Ok(Literal::Span {
            from,
            until,
            form: SpanForm::Named,
        })
    }
}

fn figure_literal(figure: &str) -> Option<Literal> {
    if let Some(day) = clock::parse_day(figure) {
        let from = clock::start_of(day);
        return Some(Literal::Span {
            from,
            until: from + 86_400,
            form: SpanForm::Day,
        });
    }
    if let Some(from) = clock::parse_moment(figure) {
        return Some(Literal::Span {
            from,
            until: from + 1,
            form: SpanForm::Moment,
        });
    }
    if let Some(time) = clock::parse_time(figure).filter(|_| figure.contains(':')) {
        return Some(Literal::Time(time));
    }
    let number: f64 = figure.parse().ok()?;
    number.is_finite().then_some(Literal::Number(number))
}
