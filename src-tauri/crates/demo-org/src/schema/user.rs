//! User.

use super::{Field, Object, standard};

/// The User object. Users are part of the seeded org; clients read them.
pub fn user() -> Object {
    let types = &[
        "Standard",
        "PowerPartner",
        "CSPLitePortal",
        "CustomerSuccess",
        "AutomatedProcess",
    ];
    let mut fields = vec![Field::text("Username", "Username", 80).required().lookup()];
    let names = standard::person_name();
    fields.extend(names.into_iter().filter(|field| field.name != "Salutation"));
    fields.extend([
        Field::text("CompanyName", "Company Name", 80),
        Field::text("Division", "Division", 80),
        Field::text("Department", "Department", 80),
        Field::text("Title", "Title", 80),
        Field::text("City", "City", 40),
        Field::text("Country", "Country", 80),
        Field::email("Email", "Email").required().lookup(),
        Field::phone("Phone", "Phone"),
        Field::phone("MobilePhone", "Mobile Phone"),
        Field::text("Alias", "Alias", 8).required(),
        Field::text("CommunityNickname", "Nickname", 40).required(),
        Field::flag("IsActive", "Active"),
        Field::picklist(
            "TimeZoneSidKey",
            "Time Zone",
            &["UTC", "America/New_York", "Europe/London"],
        )
        .restrict()
        .required(),
        Field::picklist("LocaleSidKey", "Locale", &["en_US", "en_GB"])
            .restrict()
            .required(),
        Field::picklist("LanguageLocaleKey", "Language", &["en_US"])
            .restrict()
            .required(),
        Field::picklist("EmailEncodingKey", "Email Encoding", &["UTF-8"])
            .restrict()
            .required(),
        Field::picklist("UserType", "User Type", types).read_only(),
        Field::reference("ProfileId", "Profile ID", "Profile", &["Profile"]).required(),
        Field::reference("UserRoleId", "Role ID", "UserRole", &["UserRole"]),
        Field::flag("UserPermissionsMarketingUser", "Marketing User"),
        Field::reference("ManagerId", "Manager ID", "Manager", &["User"]),
        Field::text("FederationIdentifier", "SAML Federation ID", 512).lookup(),
        Field::moment("LastLoginDate", "Last Login").read_only(),
    ]);
    Object::new("User", "User", "Users", "005", fields).read_only()
}
