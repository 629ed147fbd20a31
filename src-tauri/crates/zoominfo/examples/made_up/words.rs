//! Words that made-up names, places and jobs are put together from.

pub const ROOTS: &[&str] = &[
    "Tarn",
    "Aldermoor",
    "Briarfield",
    "Cobalt Quay",
    "Dunmere",
    "Eastwick",
    "Fernhollow",
    "Glasspoint",
    "Harrowgate",
    "Ivorne",
    "Juniper Ridge",
    "Kestrel",
    "Lowmarsh",
    "Marlstone",
    "Northreach",
    "Oakhaven",
    "Pebblebrook",
    "Quillan",
    "Redfern",
    "Saltmere",
    "Thornbury",
    "Umberline",
    "Valewood",
    "Wrenfield",
    "Yarrow",
];

pub const KINDS: &[&str] = &[
    "Systems",
    "Logistics",
    "Foods",
    "Instruments",
    "Textiles",
    "Partners",
    "Energy",
    "Robotics",
    "Paper",
    "Materials",
    "Health",
];

pub const STREETS: &[&str] = &[
    "Harbor Way",
    "Mill Lane",
    "Foundry Street",
    "Orchard Avenue",
    "Station Road",
    "Cedar Court",
    "Quarry Hill",
];

pub const FIRST_NAMES: &[&str] = &[
    "Amara",
    "Bjorn",
    "Chloé",
    "Daniel",
    "Esperanza",
    "Farid",
    "Greta",
    "Hiro",
    "Ines",
    "Jonas",
    "Katarzyna",
    "Liam",
    "Mei",
    "Noah",
    "Oluwaseun",
    "Priya",
    "Quentin",
    "Rosa",
    "Søren",
    "Tomasz",
    "Uma",
    "Valentina",
    "Wei",
    "Xenia",
    "Yusuf",
    "Zoë",
];

pub const LAST_NAMES: &[&str] = &[
    "Abernathy",
    "Bélanger",
    "Castellano",
    "Dimitrov",
    "Eriksen",
    "Fitzwilliam",
    "Goldstein",
    "Haugen",
    "Iwasaki",
    "Jovanović",
    "Kowalczyk",
    "Lindqvist",
    "Moreau",
    "Nakagawa",
    "Okonkwo",
    "O'Sullivan",
    "Pereira",
    "Quigley",
    "Rasmussen",
    "Szabó",
    "Thackeray",
    "Ueda",
    "Vasquez",
    "Whitlock",
    "Yilmaz",
    "Zielinski",
    "Ashdown",
    "Brightwater",
    "Crowhurst",
    "Delacroix",
    "Elmsworth",
];

/// City and state.
pub const PLACES: &[(&str, &str)] = &[
    ("Seattle", "Washington"),
    ("Chicago", "Illinois"),
    ("Atlanta", "Georgia"),
    ("Portland", "Oregon"),
    ("Boston", "Massachusetts"),
    ("Reno", "Nevada"),
    ("Provo", "Utah"),
    ("Columbus", "Ohio"),
    ("Tucson", "Arizona"),
    ("Madison", "Wisconsin"),
];

/// Primary industry and sub-industry.
pub const INDUSTRIES: &[(&str, &str)] = &[
    ("Software", "Business Intelligence"),
    ("Manufacturing", "Industrial Machinery & Equipment"),
    ("Finance", "Banking"),
    ("Education", "Colleges & Universities"),
    ("Construction", "Commercial & Residential Construction"),
    ("Retail", "Consumer Electronics & Computers Retail"),
    ("Telecommunications", "Cable & Satellite"),
    ("Insurance", "Insurance"),
    ("Transportation", "Freight & Logistics Services"),
    ("Hospitality", "Lodging & Resorts"),
    ("Agriculture", "Crops"),
    ("Media & Internet", "Newspapers & News Services"),
];

/// Job title, management level and function.
pub const JOBS: &[(&str, &str, &str)] = &[
    (
        "Chief Information Officer",
        "C Level Exec",
        "Information Technology",
    ),
    ("Vice President of Sales", "VP Level Exec", "Sales"),
    ("Marketing Director", "Director", "Marketing"),
    ("Head of Procurement", "Director", "Operations"),
    ("Plant Manager", "Manager", "Operations"),
    ("HR Business Partner", "Manager", "Human Resources"),
    ("Financial Controller", "Manager", "Finance"),
    ("Software Engineer", "Non Manager", "Engineering"),
    ("Corporate Counsel", "Non Manager", "Legal"),
    ("Account Executive", "Non Manager", "Sales"),
];

/// The range that a revenue in thousands falls into.
pub fn revenue_range(thousands: u64) -> &'static str {
    match thousands {
        0..1_000 => "$500,000 - $1 mil.",
        1_000..5_000 => "$1 mil. - $5 mil.",
        5_000..10_000 => "$5 mil. - $10 mil.",
        10_000..25_000 => "$10 mil. - $25 mil.",
        25_000..100_000 => "$25 mil. - $100 mil.",
        _ => "Over $100 mil.",
    }
}

/// The range that a number of employees falls into.
pub fn employee_range(employees: usize) -> &'static str {
    match employees {
        0..20 => "1 - 20",
        20..100 => "20 - 100",
        100..500 => "100 - 500",
        500..1_000 => "500 - 1,000",
        _ => "Over 1,000",
    }
}

/// A name in the letters that an e-mail address takes.
pub fn plain(name: &str) -> String {
    name.chars()
        .filter_map(|letter| match letter {
            'é' | 'ë' => Some('e'),
            'ó' | 'ø' => Some('o'),
            'ć' => Some('c'),
            '\'' => None,
            other => Some(other),
        })
        .collect()
}
