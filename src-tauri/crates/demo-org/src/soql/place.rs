//! Where in a query something is wrong: the text around it, a caret, row and column.

/// Most characters shown before the place, and behind it.
const SHOWN_CHARACTERS: usize = 36;

/// The query's line (of a long one, the words around the place), a caret under the place, row and column, and the reason.
pub fn placed(text: &str, position: usize, why: &str) -> String {
    let before = text.get(..position).unwrap_or(text);
    let row = before.matches('\n').count() + 1;
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let before = before.get(line_start..).unwrap_or_default();
    let behind = text
        .get(line_start + before.len()..)
        .and_then(|rest| rest.lines().next())
        .unwrap_or_default();
    let column = before.chars().count() + 1;
    let (before, behind) = (last_words(before), first_words(behind));
    let caret = " ".repeat(before.chars().count());
    format!("\n{before}{behind}\n{caret}^\nERROR at Row:{row}:Column:{column}\n{why}")
}

fn last_words(line: &str) -> &str {
    let surplus = line.chars().count().saturating_sub(SHOWN_CHARACTERS);
    let Some((from, _)) = line.char_indices().nth(surplus).filter(|_| surplus > 0) else {
        return line;
    };
    let kept = &line[from..];
    kept.find(' ').map_or(kept, |space| &kept[space + 1..])
}

fn first_words(line: &str) -> &str {
    let Some((until, _)) = line.char_indices().nth(SHOWN_CHARACTERS) else {
        return line;
    };
    let kept = &line[..until];
    kept.rfind(' ').map_or(kept, |space| &kept[..space])
}

#[cfg(test)]
mod tests {
    use super::placed;

    #[test]
    fn a_long_line_is_shown_by_the_words_around_the_place() {
        let text = "select Id, ProductCode from Product2 where ProductCode = 3999";
        let place = text.rfind("ProductCode").expect("the field");
        let wanted = "\nProductCode from Product2 where ProductCode = 3999\n                                ^\nERROR at \
                      Row:1:Column:44\nwhy";
        assert_eq!(placed(text, place, "why"), wanted);
    }
}
