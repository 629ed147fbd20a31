//! Reading the call of a function: its arguments, sorted into values and what else the function takes.

use super::read::{QUOTED_CHARACTERS, Read, Reader};
use super::{DateFormat, Function, MOST_DEPTH, Setting, Value};
use crate::text::excerpt;

/// An argument of a call and the byte where it begins.
struct Argument {
    place: usize,
    what: Given,
}

enum Given {
    Value(Value),
    Number(u32),
}

impl Reader<'_> {
    /// The call of a function whose name and opening bracket were read.
    pub(super) fn call(&mut self, start: usize, name: &str, depth: usize) -> Read<Value> {
        let Some(function) = Function::find(name) else {
            let what = format!("names the function “{}”", excerpt(name, QUOTED_CHARACTERS));
            let names = Function::ALL.map(|function| function.told().name);
            let mend = format!("there is none of this name; there are {}", names.join(", "));
            return Err(self.fault(start, what, mend));
        };
        if depth == MOST_DEPTH {
            let mend = format!("functions may stand in each other {MOST_DEPTH} deep; take some out");
            return Err(self.fault(start, "nests too many functions", mend));
        }
        let mut arguments = Vec::new();
        if !self.take(')') {
            loop {
                arguments.push(self.argument(depth + 1)?);
                if self.take(',') {
                    continue;
                }
                self.expect(')')?;
                break;
            }
        }
        self.build(start, function, arguments)
    }

    fn argument(&mut self, depth: usize) -> Read<Argument> {
        self.skip_spaces();
        let place = self.place;
        let rest = self.rest();
        let digits = rest.len() - rest.trim_start_matches(|next: char| next.is_ascii_digit()).len();
        if digits > 0 && rest[digits..].trim_start().starts_with([',', ')']) {
            let Ok(number) = rest[..digits].parse() else {
                return Err(self.fault(place, "has a number that is too large", "write a smaller one"));
            };
            self.place += digits;
            return Ok(Argument {
                place,
                what: Given::Number(number),
            });
        }
        let value = self.value(depth)?;
        Ok(Argument {
            place,
            what: Given::Value(value),
        })
    }

    /// Sorts the arguments of a function into values and its setting.
    fn build(&self, start: usize, function: Function, arguments: Vec<Argument>) -> Read<Value> {
        let usage = || format!("write it as {}", function.told().usage);
        let name = function.told().name;
        let wrong = |place: usize| self.fault(place, format!("gives {name} what it does not take"), usage());
        let mut values = Vec::new();
        let mut numbers = Vec::new();
        for argument in arguments {
            match argument.what {
                Given::Value(value) => values.push((argument.place, value)),
                Given::Number(number) => numbers.push((argument.place, values.len(), number)),
            }
        }
        let setting = match (function, numbers.as_slice()) {
            (Function::Left, [(_, 1, number)]) if *number > 0 => Setting::Characters(*number),
            (Function::Left, []) => return Err(wrong(start)),
            (_, [(place, ..), ..]) => return Err(wrong(*place)),
            (Function::Join, []) => {
                if values.is_empty() {
                    return Err(wrong(start));
                }
                match values.remove(0) {
                    (_, Value::Text(separator)) => Setting::Separator(separator),
                    (place, _) => return Err(wrong(place)),
                }
            }
            (Function::Date, []) => match (values.len(), values.pop()) {
                (2, Some((place, Value::Text(text)))) => Setting::Format(self.format(place, &text)?),
                (_, Some((place, _))) => return Err(wrong(place)),
                _ => return Err(wrong(start)),
            },
            _ => Setting::None,
        };
        let takes_many = matches!(function, Function::First | Function::Join);
        if values.is_empty() || (values.len() > 1 && !takes_many) {
            return Err(wrong(values.get(1).map_or(start, |(place, _)| *place)));
        }
        Ok(Value::Call {
            function,
            values: values.into_iter().map(|(_, value)| value).collect(),
            setting,
        })
    }

    fn format(&self, place: usize, text: &str) -> Read<DateFormat> {
        DateFormat::read(text).map_err(|letter| {
            let what = letter.map_or_else(
                || "has a date format without letters".to_owned(),
                |letter| format!("has the letter “{letter}” in a date format"),
            );
            self.fault(place, what, "there are D, DD, M, MM, MMM, MMMM, YY and YYYY")
        })
    }
}
