//! Legal forms of companies: words that do not tell one company from another.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Words that end a name, folded.
static ENDINGS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    "ab ag aktiebolag aktiengesellschaft aktieselskab anpartsselskab ans aps as asa bhd bv bvba ca co company \
    corp corporation cv cvba da dac doo eg eirl ek eood ev fzco fze gbr gesellschaft gie gmbh hf inc \
    incorporated jsc kft kg kgaa kk lda limitada limited llc llp lp ltd ltda mbh nv ohg ood ooo oy oyj pc \
    plc pllc private proprietary pte pty pvt rt sa sab sapi sarl sas sca scs sdn se snc spa spzoo srl sro ug \
    zrt"
        .split(' ')
        .collect()
});
/// Words that begin a name.
const BEGINNINGS: [&str; 2] = ["pt", "the"];
/// Words that join others.
const JOINING: [&str; 5] = ["and", "et", "of", "und", "y"];

/// The words that tell the company; all of them when nothing else is left.
pub(super) fn without(words: &[String]) -> Vec<&str> {
    let mut own: Vec<&str> = words.iter().map(String::as_str).collect();
    if own.len() > 1 && BEGINNINGS.contains(&own[0]) {
        own.remove(0);
    }
    while let Some(last) = own.last()
        && own.len() > 1
        && (ENDINGS.contains(last) || JOINING.contains(last))
    {
        own.pop();
    }
    let joined_away = own.iter().any(|word| !JOINING.contains(word));
    if joined_away {
        own.retain(|word| !JOINING.contains(word));
    }
    own
}

#[cfg(test)]
mod tests {
    use super::super::fold;
    use super::*;

    #[test]
    fn legal_forms_are_left_out_but_never_the_whole_name() {
        for (name, own) in [
            ("The Acme Company, Inc.", "acme"),
            ("Müller & Söhne GmbH & Co. KG", "muller sohne"),
            ("Acme S.p.A.", "acme"),
            ("Acme Pty Ltd", "acme"),
            ("Limited", "limited"),
            ("The Limited", "limited"),
            ("Company Inc", "company"),
            ("AND", "and"),
            ("Bank of America Corporation", "bank america"),
        ] {
            assert_eq!(without(&fold::words(name)).join(" "), own, "{name}");
        }
    }
}
