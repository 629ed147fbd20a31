//! Made-up people, as ZoomInfo would export them.

/// The columns of a contacts file that an export needs.
const HEADER: &str = "ZoomInfo Contact ID,Last Name,First Name,Job Title,Management Level,Direct Phone Number,\
    Email Address,Person City,Person State,Country,ZoomInfo Company ID,Company Name,Website,Employees";

/// A contacts file with this many people, each with another name, email and id.
pub fn contacts_file(people: usize) -> String {
    let rows = (1..=people).map(|number| {
        format!(
            "77000000{number:02},Windowtest{number:02},Robin,Director of Operations,Director,(617) 555-01{number:02},\
             robin.windowtest{number:02}@example.com,Boston,Massachusetts,United States,880000{number:02},\
             Example Works {number:02},www.works{number:02}.example.com,120"
        )
    });
    std::iter::once(HEADER.to_owned())
        .chain(rows)
        .map(|row| row + "\n")
        .collect()
}
