//! Made-up people of Salesforce, a different one for every number.

use model::matching::RecordFields;

/// What is known of a contact.
pub const CONTACT_COLUMNS: [&str; 7] = [
    "FirstName",
    "LastName",
    "Email",
    "Phone",
    "MobilePhone",
    "Account.Name",
    "Account.Website",
];
/// What is known of a lead.
#[allow(dead_code, reason = "not every bench has leads")]
pub const LEAD_COLUMNS: [&str; 7] = [
    "FirstName",
    "LastName",
    "Email",
    "Phone",
    "MobilePhone",
    "Company",
    "Website",
];

/// A made-up person with a value for each column.
pub struct MadeUp {
    columns: &'static [&'static str; 7],
    cells: [String; 7],
}

impl MadeUp {
    /// A contact.
    #[allow(dead_code, reason = "not every bench makes up contacts alone")]
    pub fn contact(number: u32) -> Self {
        Self::new(&CONTACT_COLUMNS, number)
    }

    /// With these columns, which are those of a contact or of a lead.
    pub fn new(columns: &'static [&'static str; 7], number: u32) -> Self {
        let syllable = |place: u32| {
            const SYLLABLES: [&str; 16] = [
                "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu",
                "va",
            ];
            SYLLABLES[(number.wrapping_mul(2_654_435_761) >> (place * 4)) as usize % SYLLABLES.len()]
        };
        let word = |from: u32| (from..from + 3).map(syllable).collect::<String>();
        let (first, last, company) = (word(0), word(3), format!("Company {}", number / 20));
        let domain = format!("company{}.com", number / 20);
        let phone = |area: u32| format!("({area}) {}-{:04}", 200 + number / 10_000, number % 10_000);
        Self {
            columns,
            cells: [
                first.clone(),
                last.clone(),
                format!("{first}.{last}.{number}@{domain}"),
                phone(212),
                phone(415),
                company,
                format!("https://www.{domain}/"),
            ],
        }
    }

    /// Its values in the order of its columns.
    pub fn cells(&self) -> [Option<&str>; 7] {
        self.cells.each_ref().map(|cell| Some(cell.as_str()))
    }
}

impl RecordFields for MadeUp {
    fn field(&self, api_name: &str) -> Option<&str> {
        let column = self.columns.iter().position(|column| *column == api_name)?;
        Some(&self.cells[column])
    }
}
