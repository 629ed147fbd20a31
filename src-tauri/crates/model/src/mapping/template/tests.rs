use super::*;
use crate::{Profile, ProfileKind};

fn profile() -> Profile {
    let mut profile = Profile::new(ProfileKind::Contact);
    for (field, value) in [
        ("job_title", "Buyer"),
        ("first_name", "maría josé"),
        ("last_name", "o'neil-SMITH"),
        ("company_city", "Oslo"),
        ("company_country", "Norway"),
        ("job_start_date", "7/4/2024"),
        ("last_job_change_date", "2021-10"),
    ] {
        profile.values.insert(field.to_owned(), value.to_owned());
    }
    profile
        .extras
        .insert("Region (EMEA, \"new\")".to_owned(), "North".to_owned());
    profile
}

fn filled(text: &str) -> Option<String> {
    Template::read(text)
        .unwrap_or_else(|fault| panic!("{text}: {fault}"))
        .fill(&profile())
}

#[test]
fn fields_are_named_by_label_or_id() {
    assert_eq!(
        filled("{{{Job title}}} at {company_name}").as_deref(),
        Some("{Buyer} at ")
    );
    assert_eq!(filled("{Company Name}"), None);
    assert_eq!(filled("{ Entity Name (Ultimate Parent) }"), None);
}

#[test]
fn functions_change_what_they_are_given() {
    for (text, expected) in [
        ("{upper(Job Title)}", "BUYER"),
        ("{lower(UPPER(Job Title))}!", "buyer!"),
        (
            "{title(First Name)} {title(Last Name)}",
            "María José O'Neil-Smith",
        ),
        (
            "{title(\"the children’s d'angelo e\u{301}te 3rd\")}{Job Title}",
            "The Children’s D'Angelo E\u{301}te 3rdBuyer",
        ),
        ("{first(Company Name, Company State, Job Title)}", "Buyer"),
        ("{first(Company Name, \"n/a\")}", "n/a"),
        ("{first_word(First Name)}", "maría"),
        ("{left(First Name, 4)}-{left(Job Title, 99)}", "marí-Buyer"),
        (
            "{join(\", \", Company City, Company State, Company Country)}",
            "Oslo, Norway",
        ),
        ("{join(\"\", \"<\", Company City, \">\")}", "<Oslo>"),
        ("{date(Job Start Date, \"D MMMM YYYY\")}", "4 July 2024"),
        ("{date(Job Start Date, \"dd.mm.yy MMM\")}", "04.07.24 Jul"),
        ("{date(Last Job Change Date, \"MMM YYYY\")}", "Oct 2021"),
        ("{column:Region (EMEA, \"new\")}", "North"),
        ("{upper(column:\"Region (EMEA, \"\"new\"\")\")}", "NORTH"),
    ] {
        assert_eq!(filled(text).as_deref(), Some(expected), "{text}");
    }
    for text in [
        "{join(\", \", Company State, \"USA\")}",
        "{upper(Company Name)} at {column:None}",
        "{left(Company Name, 3)}",
    ] {
        assert_eq!(filled(text), None, "{text}");
    }
}

#[test]
fn dates_are_read_as_the_row_reads_them_and_what_is_no_date_is_refused() {
    let template = |text: &str| Template::read(text).unwrap();
    let european = template("{date(Job Start Date, \"YYYY-MM-DD\")}").with_date_order(DateOrder::DayFirst);
    assert_eq!(european.fill(&profile()).as_deref(), Some("2024-04-07"));
    assert_eq!(european.refusal(&profile()), None);
    for (text, value, why) in [
        (
            "since {date(Job Title, \"YYYY\")}",
            "Buyer",
            "is not a date such as 2024-10-05",
        ),
        (
            "{date(Last Job Change Date, \"D MMM\")}",
            "2021-10",
            "names no day of the month",
        ),
    ] {
        let refusal = template(text).refusal(&profile());
        assert_eq!(refusal, Some((value.to_owned(), why.to_owned())));
    }
    let unused = template("{first(Job Title, date(Job Title, \"YYYY\"))}");
    assert_eq!(unused.refusal(&profile()), None);
}

#[test]
fn mistakes_are_named_with_their_place_and_mend() {
    let deep = format!(
        "{}Job Title{}",
        "{".to_owned() + &"upper(".repeat(9),
        ")".repeat(9) + "}"
    );
    for (text, position, words) in [
        ("{Job Title", 1, "not closed"),
        ("é {upper(Job Title", 3, "not closed"),
        ("a } b", 3, "not opened"),
        ("{Mood}", 2, "“Mood”"),
        ("é {Job Titel}", 4, "“Job Titel”"),
        ("{Titl}", 2, "Job Title"),
        (
            "{Phone__c}",
            2,
            "Salesforce fields and other rows cannot be named",
        ),
        ("{}", 2, "names nothing"),
        ("plain", 1, "no field"),
        ("{\"plain\"}", 1, "no field"),
        (
            "{shout(Job Title)}",
            2,
            "there are upper, lower, title, first, first_word, left, join, date",
        ),
        ("{upper()}", 2, "upper(value)"),
        ("{upper(Job Title, Fax)}", 19, "upper(value)"),
        ("{upper(5)}", 8, "upper(value)"),
        ("{left(Job Title)}", 2, "left(value, number)"),
        ("{left(5, Job Title)}", 7, "left(value, number)"),
        ("{left(Job Title, 0)}", 18, "left(value, number)"),
        ("{left(Job Title, 99999999999)}", 18, "too large"),
        ("{join(Job Title, Fax)}", 7, "join(\"separator\""),
        ("{join(\", \")}", 2, "join(\"separator\""),
        ("{date(Job Start Date)}", 7, "date(value, \"format\")"),
        ("{date(Job Start Date, \"QQ\")}", 23, "“Q”"),
        ("{date(Job Start Date, \"-\")}", 23, "without letters"),
        ("{column: }", 2, "names no column"),
        ("{upper(\"a)}", 8, "quote that is not closed"),
        ("{Job Title)}", 11, "“)”"),
        (deep.as_str(), 50, "8 deep"),
    ] {
        let fault = Template::read(text).unwrap_err();
        assert_eq!(fault.position, position, "{text}: {fault}");
        assert!(fault.to_string().contains(words), "{text}: {fault}");
    }
    let many = "{Fax}".repeat(MOST_VALUES + 1);
    assert!(
        Template::read(&many)
            .unwrap_err()
            .to_string()
            .contains("200 are the most")
    );
}

#[test]
fn every_function_is_told_with_an_example_that_reads() {
    for function in template_functions() {
        let template = Template::read(function.example).unwrap();
        assert!(function.usage.starts_with(function.name) && function.purpose.ends_with('.'));
        assert_eq!(template.to_string(), function.example);
    }
}
