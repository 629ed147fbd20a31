//! Names of fields as words.

/// Words that say whose data it is and nothing else.
const FILLERS: &[&str] = &["zoominfo", "zi", "the", "of", "in"];

/// A name as its words, in lower case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Name {
    /// All words in one.
    joined: String,
    /// The same without the fillers.
    telling: String,
    /// Words but for the fillers.
    words: Vec<String>,
}

impl Name {
    /// Of a label or a header, e.g. `Company HQ Phone`.
    pub fn of_label(label: &str) -> Self {
        let label = label.replace("ZoomInfo", "Zoominfo");
        let mut words: Vec<String> = Vec::new();
        let mut word = String::new();
        let mut before: Option<char> = None;
        let mut characters = label.chars().peekable();
        while let Some(character) = characters.next() {
            if character.is_alphanumeric() {
                let was_lower = before.is_some_and(|before| before.is_lowercase() || before.is_numeric());
                let starts_word = before.is_some_and(char::is_uppercase)
                    && characters.peek().is_some_and(|next| next.is_lowercase());
                if character.is_uppercase() && (was_lower || starts_word) {
                    take(&mut word, &mut words);
                }
                word.extend(character.to_lowercase());
                before = Some(character);
            } else {
                take(&mut word, &mut words);
                before = None;
            }
        }
        take(&mut word, &mut words);
        let telling: Vec<String> = words
            .iter()
            .filter(|word| !FILLERS.contains(&word.as_str()))
            .cloned()
            .collect();
        Self {
            joined: words.concat(),
            telling: telling.concat(),
            words: telling,
        }
    }

    /// Of an API name, e.g. `Acme__Employee_Count__c`, without namespace and suffix.
    pub fn of_api_name(name: &str) -> Self {
        let own = ["__c", "__pc"]
            .into_iter()
            .find_map(|suffix| name.strip_suffix(suffix));
        let plain = own.map_or(name, |own| own.split_once("__").map_or(own, |(_, plain)| plain));
        Self::of_label(plain)
    }

    /// Whether a target's name is this one but for case, punctuation and fillers. A name without words is like no other;
    /// a source's own fillers count, for ZoomInfo's ids are not just any ids.
    pub fn names(&self, target: &Self) -> bool {
        !self.joined.is_empty() && (self.joined == target.joined || self.joined == target.telling)
    }

    /// Common words among all words of both, in thousandths.
    pub fn likeness(&self, other: &Self) -> u32 {
        let common = self
            .words
            .iter()
            .filter(|word| other.words.contains(word))
            .count();
        let all = self.words.len() + other.words.len() - common.min(other.words.len());
        if all == 0 {
            return 0;
        }
        u32::try_from(common * 1_000 / all).unwrap_or(1_000).min(1_000)
    }
}

fn take(word: &mut String, words: &mut Vec<String>) {
    if !word.is_empty() {
        words.push(std::mem::take(word));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(label: &str) -> String {
        Name::of_label(label).words.join(" ")
    }

    #[test]
    fn names_are_cut_into_words() {
        assert_eq!(words("NumberOfEmployees"), "number employees");
        assert_eq!(words("SIC Code 1"), "sic code 1");
        assert_eq!(words("HQPhone"), "hq phone");
        assert_eq!(words("Primary Sub-Industry"), "primary sub industry");
        assert_eq!(words("ZoomInfo Fax"), "fax");
        assert_eq!(Name::of_api_name("Acme__Job_Function__c").joined, "jobfunction");
        assert_eq!(Name::of_api_name("Job_Function__pc").joined, "jobfunction");
    }

    #[test]
    fn names_without_words_are_like_no_other() {
        let none = Name::of_label("—");
        assert!(!none.names(&none.clone()));
        assert_eq!(none.likeness(&none), 0);
    }

    #[test]
    fn whose_data_it_is_counts_for_ids_only() {
        let names = |source: &str, target: &str| Name::of_label(source).names(&Name::of_label(target));
        assert!(
            names("Job Title", "ZoomInfo Job Title") && names("ZoomInfo Contact ID", "Zoominfo contact-id")
        );
        assert!(!names("ZoomInfo Contact ID", "Contact ID"));
    }

    #[test]
    fn likeness_is_the_share_of_common_words() {
        let likeness = |one: &str, other: &str| Name::of_label(one).likeness(&Name::of_label(other));
        assert_eq!(likeness("Job Function", "function job"), 1_000);
        assert_eq!(likeness("SIC Code 1", "SIC Code"), 666);
        assert_eq!(likeness("Direct Phone", "Assistant Phone"), 333);
        assert_eq!(likeness("City", "Fax"), 0);
    }
}
