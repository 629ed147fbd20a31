//! The functions of templates.

/// A function of templates, as people are told of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TemplateFunction {
    /// Name, e.g. `upper`.
    pub name: &'static str,
    /// How it is written, e.g. `left(value, number)`.
    pub usage: &'static str,
    /// What it does.
    pub purpose: &'static str,
    /// An example that can be put into a template; it fits every object.
    pub example: &'static str,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Function {
    Upper,
    Lower,
    Title,
    First,
    FirstWord,
    Left,
    Join,
    Date,
}

impl Function {
    pub const ALL: [Self; 8] = [
        Self::Upper,
        Self::Lower,
        Self::Title,
        Self::First,
        Self::FirstWord,
        Self::Left,
        Self::Join,
        Self::Date,
    ];

    pub fn find(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|function| function.told().name.eq_ignore_ascii_case(name))
    }

    pub fn told(self) -> TemplateFunction {
        let told = |name, usage, purpose, example| TemplateFunction {
            name,
            usage,
            purpose,
            example,
        };
        match self {
            Self::Upper => told(
                "upper",
                "upper(value)",
                "In capitals.",
                "{upper(Company Country)}",
            ),
            Self::Lower => told("lower", "lower(value)", "In small letters.", "{lower(Website)}"),
            Self::Title => told(
                "title",
                "title(value)",
                "Each word with a capital first and small letters after it: o'neil-smith gives O'Neil-Smith.",
                "{title(Company City)}",
            ),
            Self::First => told(
                "first",
                "first(value, value, …)",
                "The first value that is not blank.",
                "{first(Company HQ Phone, Fax)}",
            ),
            Self::FirstWord => told(
                "first_word",
                "first_word(value)",
                "The text up to the first space.",
                "{first_word(Company Name)}",
            ),
            Self::Left => told(
                "left",
                "left(value, number)",
                "That many characters from the beginning.",
                "{left(Company Zip Code, 5)}",
            ),
            Self::Join => told(
                "join",
                "join(\"separator\", value, value, …)",
                "The values that are not blank, with the separator between them.",
                "{join(\", \", Company City, Company State)}",
            ),
            Self::Date => told(
                "date",
                "date(value, \"format\")",
                "A date in another format, made of D, DD, M, MM, MMM, MMMM, YY, YYYY and signs. It is read as the row \
                 reads dates.",
                "{date(Recent Funding Date, \"D MMMM YYYY\")}",
            ),
        }
    }
}

/// All functions, in the order in which a list shows them.
#[must_use]
pub fn template_functions() -> Vec<TemplateFunction> {
    Function::ALL.into_iter().map(Function::told).collect()
}
