//! Made-up companies and people. Names are invented; domains end in `.example`, which nobody can register; phone numbers
//! are of the range 555-01xx, which is kept free for such use.

mod columns;
mod words;

pub use columns::{COMPANY_COLUMNS, CONTACT_COLUMNS};

/// A repeatable stream of numbers (a linear congruential generator with Knuth's constants).
pub struct Numbers(u64);

impl Numbers {
    /// A stream of its own for every seed.
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15))
    }

    /// A number below `limit`.
    pub fn below(&mut self, limit: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or_default() % limit
    }

    fn one_of(&mut self, words: &[&'static str]) -> &'static str {
        words[self.below(words.len())]
    }

    /// Whether a chance of so many percent comes true.
    fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    fn phone(&mut self) -> String {
        let area = self.one_of(&["206", "312", "404", "503", "617", "702", "801"]);
        format!("({area}) 555-01{:02}", self.below(100))
    }
}

/// A company.
#[derive(Clone)]
pub struct Company {
    pub id: String,
    pub name: String,
    pub domain: String,
    pub street: String,
    pub revenue_thousands: String,
    city: &'static str,
    state: &'static str,
    zip: String,
    phone: String,
    fax: String,
    ticker: String,
    founded: String,
    employees: usize,
    industry: &'static str,
    sub_industry: &'static str,
    ownership: &'static str,
    business_model: &'static str,
    codes: [String; 2],
    locations: usize,
    funding_thousands: String,
    certified: String,
}

impl Company {
    /// The company with this number.
    pub fn new(index: usize, numbers: &mut Numbers) -> Self {
        let root = words::ROOTS[index % words::ROOTS.len()];
        let kind = words::KINDS[(index / words::ROOTS.len() + index) % words::KINDS.len()];
        let name = format!("{root} {kind}");
        let domain = format!("{}.example", name.to_lowercase().replace([' ', '&', '.'], ""));
        let (city, state) = words::PLACES[numbers.below(words::PLACES.len())];
        let (industry, sub_industry) = words::INDUSTRIES[numbers.below(words::INDUSTRIES.len())];
        let employees = 5 + numbers.below(40) * (1 + numbers.below(120));
        let ownership = numbers.one_of(&["Private", "Public", "Private", "Non-Profit"]);
        let ticker = if ownership == "Public" {
            format!(
                "NYSE: {}",
                root.chars().take(4).collect::<String>().to_uppercase()
            )
        } else {
            String::new()
        };
        Self {
            id: (50_000_001 + index * 13).to_string(),
            name,
            domain,
            street: format!("{} {}", 1 + numbers.below(9_800), numbers.one_of(words::STREETS)),
            revenue_thousands: (employees * (90 + numbers.below(160))).to_string(),
            city,
            state,
            zip: format!("{:05}", 10_000 + numbers.below(89_999)),
            phone: numbers.phone(),
            fax: if numbers.chance(30) {
                numbers.phone()
            } else {
                String::new()
            },
            ticker,
            founded: (1905 + numbers.below(118)).to_string(),
            employees,
            industry,
            sub_industry,
            ownership,
            business_model: numbers.one_of(&["B2B", "B2C", "B2B, B2C"]),
            codes: [
                format!("{}", 10 + numbers.below(89)),
                format!("{}", 11 + numbers.below(88)),
            ],
            locations: 1 + numbers.below(30),
            funding_thousands: if numbers.chance(20) {
                (500 + numbers.below(90_000)).to_string()
            } else {
                String::new()
            },
            certified: format!("2026-{:02}-{:02}", 1 + numbers.below(10), 1 + numbers.below(28)),
        }
    }

    /// The company as a row of a company list.
    pub fn row(&self) -> Vec<String> {
        row(COMPANY_COLUMNS, |column| self.cell(column))
    }

    fn cell(&self, column: &str) -> String {
        let code = |code: &str| format!("{code}{code}");
        match column {
            "ZoomInfo Company ID" => self.id.clone(),
            "Company Name" => self.name.clone(),
            "Website" if self.name.is_empty() => String::new(),
            "Website" => format!("www.{}", self.domain),
            "Founded Year" => self.founded.clone(),
            "Company HQ Phone" => self.phone.clone(),
            "Fax" => self.fax.clone(),
            "Ticker" => self.ticker.clone(),
            "Revenue (in 000s USD)" => self.revenue_thousands.clone(),
            "Revenue Range (in USD)" => {
                words::revenue_range(self.revenue_thousands.parse().unwrap_or(0)).to_owned()
            }
            "Employees" => self.employees.to_string(),
            "Employee Range" => words::employee_range(self.employees).to_owned(),
            "SIC Code 1" => self.codes[0].clone(),
            "SIC Code 2" => code(&self.codes[0]),
            "SIC Codes" => format!("{},{}", self.codes[0], code(&self.codes[0])),
            "NAICS Code 1" => self.codes[1].clone(),
            "NAICS Code 2" => code(&self.codes[1]),
            "NAICS Codes" => format!("{},{}", self.codes[1], code(&self.codes[1])),
            "Primary Industry" | "All Industries" | "Industry Hierarchical Category" => {
                self.industry.to_owned()
            }
            "Primary Sub-Industry" | "All Sub-Industries" => self.sub_industry.to_owned(),
            "ZoomInfo Company Profile URL" => format!("https://zoominfo.example/company/{}", self.id),
            "LinkedIn Company Profile URL" => format!("https://social.example/company/{}", self.id),
            "Ownership Type" => self.ownership.to_owned(),
            "Business Model" => self.business_model.to_owned(),
            "Certified Active Company" => "Yes".to_owned(),
            "Certification Date" => self.certified.clone(),
            "Defunct Company" | "Company Is Acquired" => "No".to_owned(),
            "Total Funding Amount (in 000s USD)" => self.funding_thousands.clone(),
            "Company Street Address" => self.street.clone(),
            "Company City" => self.city.to_owned(),
            "Company State" => self.state.to_owned(),
            "Company Zip Code" => self.zip.clone(),
            "Company Country" => "United States".to_owned(),
            "Full Address" => format!(
                "{}, {}, {}, {}, United States",
                self.street, self.city, self.state, self.zip
            ),
            "Number of Locations" => self.locations.to_string(),
            _ => String::new(),
        }
    }
}

/// A person at a company.
pub struct Person {
    pub id: String,
    pub first_name: String,
    pub last_name: String,
    pub title: String,
    pub email: String,
    pub company: Company,
    salutation: &'static str,
    level: &'static str,
    function: &'static str,
    direct_phone: String,
    mobile_phone: String,
    city: &'static str,
    state: &'static str,
    zip: String,
    score: usize,
    started: String,
    query: &'static str,
}

impl Person {
    /// The person with this number.
    pub fn new(index: usize, company: &Company, numbers: &mut Numbers) -> Self {
        let first_name = words::FIRST_NAMES[index % words::FIRST_NAMES.len()];
        let last_name =
            words::LAST_NAMES[(index / words::FIRST_NAMES.len() * 3 + index * 5) % words::LAST_NAMES.len()];
        let (title, level, function) = words::JOBS[numbers.below(words::JOBS.len())];
        let (city, state) = words::PLACES[numbers.below(words::PLACES.len())];
        let plain = |name: &str| words::plain(&name.to_lowercase());
        let started = if numbers.chance(75) {
            format!("20{:02}-{:02}", 12 + numbers.below(14), 1 + numbers.below(12))
        } else {
            String::new()
        };
        Self {
            id: (3_000_000_001 + index * 11).to_string(),
            first_name: first_name.to_owned(),
            last_name: last_name.to_owned(),
            title: title.to_owned(),
            email: format!(
                "{}.{}{index}@{}",
                plain(first_name),
                plain(last_name),
                company.domain
            ),
            company: company.clone(),
            salutation: numbers.one_of(&["Mr.", "Ms.", "Dr.", "", ""]),
            level,
            function,
            direct_phone: if numbers.chance(45) {
                numbers.phone()
            } else {
                String::new()
            },
            mobile_phone: if numbers.chance(55) {
                numbers.phone()
            } else {
                String::new()
            },
            city,
            state,
            zip: format!("{:05}", 10_000 + numbers.below(89_999)),
            score: 72 + numbers.below(28),
            started,
            query: numbers.one_of(&["Spring outreach", "Renewals", "Trade show"]),
        }
    }

    /// The person as a row of a contact list.
    pub fn row(&self) -> Vec<String> {
        row(CONTACT_COLUMNS, |column| self.cell(column))
    }

    fn cell(&self, column: &str) -> String {
        match column {
            "ZoomInfo Contact ID" => self.id.clone(),
            "Last Name" => self.last_name.clone(),
            "First Name" => self.first_name.clone(),
            "Salutation" => self.salutation.to_owned(),
            "Job Title" => self.title.clone(),
            "Management Level" => self.level.to_owned(),
            "Job Start Date" => self.started.clone(),
            "Job Function" | "Department" => self.function.to_owned(),
            "Direct Phone Number" => self.direct_phone.clone(),
            "Email Address" => self.email.clone(),
            "Email Domain" => self.company.domain.clone(),
            "Mobile phone" => self.mobile_phone.clone(),
            "Contact Accuracy Score" => self.score.to_string(),
            "Contact Accuracy Grade" => if self.score > 90 { "A" } else { "B" }.to_owned(),
            "ZoomInfo Contact Profile URL" => format!("https://zoominfo.example/person/{}", self.id),
            "LinkedIn Contact Profile URL" => format!("https://social.example/person/{}", self.id),
            "Notice Provided Date" => self.company.certified.clone(),
            "Person City" => self.city.to_owned(),
            "Person State" => self.state.to_owned(),
            "Person Zip Code" => self.zip.clone(),
            "Country" => "United States".to_owned(),
            "Query Name" => self.query.to_owned(),
            company => self.company.cell(company),
        }
    }
}

fn row(columns: &[&str], cell: impl Fn(&str) -> String) -> Vec<String> {
    columns.iter().map(|column| cell(column)).collect()
}
