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

/// A contacts file of the people of [`contacts_file`] and of new ones. Of those that are known, half have a mobile phone
/// now; the next three, too, but they have another id and email; the others say nothing new.
pub fn known_and_new_file(known: usize, all: usize) -> String {
    let with_mobile = known / 2;
    let rows = (1..=all).map(|number| {
        let renamed = number > with_mobile && number <= with_mobile + 3;
        let (id, email) = if renamed { (78, "other") } else { (77, "windowtest") };
        let mobile = if number <= with_mobile + 3 {
            format!("(617) 555-02{number:02}")
        } else {
            String::new()
        };
        format!(
            "{id}000000{number:02},Windowtest{number:02},Robin,Director of Operations,Director,(617) 555-01{number:02},\
             robin.{email}{number:02}@example.com,Boston,Massachusetts,United States,880000{number:02},\
             Example Works {number:02},www.works{number:02}.example.com,120,{mobile}"
        )
    });
    std::iter::once(format!("{HEADER},Mobile phone"))
        .chain(rows)
        .map(|row| row + "\n")
        .collect()
}

/// A contacts file of four people: the third has no company, the fourth neither an e-mail address nor a phone.
pub fn faulty_file() -> String {
    let file = contacts_file(4);
    file.replace("Example Works 03", "")
        .replace("(617) 555-0104", "")
        .replace("robin.windowtest04@example.com", "")
}

/// A contacts file of two people who have a phone of their own and their company's.
pub fn two_phones_file() -> String {
    [
        "ZoomInfo Contact ID,Last Name,First Name,Job Title,Direct Phone Number,Email Address,ZoomInfo Company ID,\
         Company Name,Company HQ Phone,Website",
        "7710000001,Yoder,Monica,Director of Operations,(219) 606-2399,monica.yoder@example.com,88100001,Example Mill,\
         (219) 555-0100,www.mill.example.com",
        "7710000002,Okafor,Ada,VP Sales,,ada.okafor@example.com,88100002,Example Tarn,(617) 555-0111,\
         www.tarn.example.com",
    ]
    .map(|row| row.to_owned() + "\n")
    .concat()
}
