//! One field: what describe says about it and what writing checks.

use super::{Kind, formula::Formula, picklists};

/// Where a field's value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// It is stored with the record.
    Stored,
    /// The record's id.
    Id,
    /// Whether the record is in the recycle bin.
    Deleted,
    /// When the record was made.
    CreatedDate,
    /// Who made it.
    CreatedBy,
    /// When it was last changed (also the system's stamp).
    ModifiedDate,
    /// Who changed it last.
    ModifiedBy,
    /// First, middle and last name and suffix, joined.
    PersonName,
    /// A compound of the fields that begin with this prefix.
    Address(&'static str),
    /// A latitude and a longitude: the fields that begin with this prefix.
    Location(&'static str),
    /// It follows from other fields of the record.
    Formula(&'static Formula),
}

/// One entry of a picklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PicklistValue {
    /// API value.
    pub value: &'static str,
    /// Label; `None` where it is the value.
    pub label: Option<&'static str>,
    /// Whether new records take it.
    pub default: bool,
    /// Values of the controlling field that allow it; empty without a controlling field.
    pub valid_for: &'static [&'static str],
}

/// A field's definition. The flags are those of the describe result.
#[derive(Debug, Clone)]
#[allow(
    clippy::struct_excessive_bools,
    reason = "the flags are the describe result's own"
)]
pub struct Field {
    /// API name.
    pub name: &'static str,
    /// Label on the page.
    pub label: &'static str,
    /// Type.
    pub kind: Kind,
    /// Most characters of a text.
    pub length: u32,
    /// Digits in all, for decimals.
    pub precision: u32,
    /// Digits behind the point.
    pub scale: u32,
    /// Digits of a whole number.
    pub digits: u32,
    /// May be empty.
    pub nillable: bool,
    /// May be given when a record is made.
    pub createable: bool,
    /// May be changed later.
    pub updateable: bool,
    /// Filled by the org when not given.
    pub defaulted_on_create: bool,
    /// Marked as External ID.
    pub external_id: bool,
    /// No two records share a value.
    pub unique: bool,
    /// Records can be looked up by it.
    pub id_lookup: bool,
    /// The object's name field.
    pub names_record: bool,
    /// Values of a picklist.
    pub picklist: Vec<PicklistValue>,
    /// Only listed values are accepted.
    pub restricted: bool,
    /// The field whose value decides which values are offered.
    pub controller: Option<&'static str>,
    /// Numbered by the org: what stands before the number.
    pub auto_number: Option<&'static str>,
    /// Objects that a reference may point to.
    pub reference_to: &'static [&'static str],
    /// Name of the way up in SOQL.
    pub relationship_name: Option<&'static str>,
    /// Name of the way down in SOQL, from the parent.
    pub child_name: Option<&'static str>,
    /// Deleting the parent deletes this record.
    pub cascade_delete: bool,
    /// The compound field that it is a part of.
    pub compound: Option<&'static str>,
    /// Describe's `extraTypeInfo`.
    pub extra_type: Option<&'static str>,
    /// Help text.
    pub help: Option<&'static str>,
    /// Where the value comes from.
    pub role: Role,
}

impl Field {
    fn new(name: &'static str, label: &'static str, kind: Kind) -> Self {
        Self {
            name,
            label,
            kind,
            length: 0,
            precision: 0,
            scale: 0,
            digits: 0,
            nillable: true,
            createable: true,
            updateable: true,
            defaulted_on_create: false,
            external_id: false,
            unique: false,
            id_lookup: false,
            names_record: false,
            picklist: Vec::new(),
            restricted: false,
            controller: None,
            auto_number: None,
            reference_to: &[],
            relationship_name: None,
            child_name: None,
            cascade_delete: false,
            compound: None,
            extra_type: None,
            help: None,
            role: Role::Stored,
        }
    }

    fn sized(name: &'static str, label: &'static str, kind: Kind, length: u32) -> Self {
        Self {
            length,
            ..Self::new(name, label, kind)
        }
    }

    /// A text field; `length` in characters.
    pub fn text(name: &'static str, label: &'static str, length: u32) -> Self {
        Self::sized(name, label, Kind::Text, length)
    }

    /// A long text; `length` in characters.
    pub fn area(name: &'static str, label: &'static str, length: u32) -> Self {
        Self {
            extra_type: Some("plaintextarea"),
            ..Self::sized(name, label, Kind::TextArea, length)
        }
    }

    /// A telephone number, 40 characters.
    pub fn phone(name: &'static str, label: &'static str) -> Self {
        Self::sized(name, label, Kind::Phone, 40)
    }

    /// An e-mail address, 80 characters.
    pub fn email(name: &'static str, label: &'static str) -> Self {
        Self::sized(name, label, Kind::Email, 80)
    }

    /// A web address, 255 characters.
    pub fn url(name: &'static str, label: &'static str) -> Self {
        Self::sized(name, label, Kind::Url, 255)
    }

    /// A checkbox, unticked by default.
    pub fn flag(name: &'static str, label: &'static str) -> Self {
        Self {
            nillable: false,
            defaulted_on_create: true,
            ..Self::new(name, label, Kind::Boolean)
        }
    }

    /// A whole number.
    pub fn int(name: &'static str, label: &'static str, digits: u32) -> Self {
        Self {
            digits,
            ..Self::new(name, label, Kind::Int)
        }
    }

    /// A decimal number of `precision` digits, `scale` of them behind the point.
    pub fn double(name: &'static str, label: &'static str, precision: u32, scale: u32) -> Self {
        Self {
            precision,
            scale,
            ..Self::new(name, label, Kind::Double)
        }
    }

    /// An amount of money.
    pub fn currency(name: &'static str, label: &'static str, precision: u32, scale: u32) -> Self {
        Self {
            precision,
            scale,
            ..Self::new(name, label, Kind::Currency)
        }
    }

    /// A percentage of three digits.
    pub fn percent(name: &'static str, label: &'static str) -> Self {
        Self {
            precision: 3,
            ..Self::new(name, label, Kind::Percent)
        }
    }

    /// A day.
    pub fn date(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Kind::Date)
    }

    /// A moment.
    pub fn moment(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Kind::Moment)
    }

    /// An open picklist.
    pub fn picklist(name: &'static str, label: &'static str, values: &[&'static str]) -> Self {
        Self {
            picklist: picklists::of(values),
            ..Self::sized(name, label, Kind::Picklist, 255)
        }
    }

    /// A picklist of which a record may have several values, joined by semicolons.
    pub fn multi_picklist(name: &'static str, label: &'static str, values: &[&'static str]) -> Self {
        Self {
            picklist: picklists::of(values),
            precision: 4,
            ..Self::sized(name, label, Kind::MultiPicklist, 4099)
        }
    }

    /// A picklist whose values depend on another field: each value with the controlling values that allow it.
    pub fn dependent(
        name: &'static str,
        label: &'static str,
        controller: &'static str,
        values: &[(&'static str, &'static [&'static str])],
    ) -> Self {
        let entry = |(value, valid_for): &(&'static str, &'static [&'static str])| PicklistValue {
            value,
            label: None,
            default: false,
            valid_for,
        };
        Self {
            picklist: values.iter().map(entry).collect(),
            controller: Some(controller),
            restricted: true,
            ..Self::sized(name, label, Kind::Picklist, 255)
        }
    }

    /// A time of day.
    pub fn time(name: &'static str, label: &'static str) -> Self {
        Self::new(name, label, Kind::Time)
    }

    /// A text that pages show masked; `length` in characters, at most 175.
    pub fn encrypted(name: &'static str, label: &'static str, length: u32) -> Self {
        Self::sized(name, label, Kind::EncryptedText, length)
    }

    /// A number that the org gives to each new record, behind a few letters.
    pub fn auto_number(name: &'static str, label: &'static str, before: &'static str) -> Self {
        let field = Self {
            auto_number: Some(before),
            ..Self::text(name, label, 80)
        };
        field.defaulted().read_only()
    }

    /// A value that follows from other fields.
    pub fn formula(mut self, formula: &'static Formula) -> Self {
        self.role = Role::Formula(formula);
        self.read_only()
    }

    /// Latitude, longitude and their compound, under names that begin with the same letters.
    pub fn location(names: [&'static str; 3], labels: [&'static str; 3], prefix: &'static str) -> [Self; 3] {
        let compound = Self {
            nillable: true,
            ..Self::system(names[2], labels[2], Kind::Location, Role::Location(prefix))
        };
        [
            Self::double(names[0], labels[0], 18, 15).part_of(names[2]),
            Self::double(names[1], labels[1], 18, 15).part_of(names[2]),
            compound,
        ]
    }

    /// A reference to one of `to`, called `relationship` in SOQL.
    pub fn reference(
        name: &'static str,
        label: &'static str,
        relationship: &'static str,
        to: &'static [&'static str],
    ) -> Self {
        Self {
            reference_to: to,
            relationship_name: Some(relationship),
            ..Self::sized(name, label, Kind::Reference, 18)
        }
    }

    /// A field of a special role, read only.
    pub fn system(name: &'static str, label: &'static str, kind: Kind, role: Role) -> Self {
        let length = if matches!(kind, Kind::Id | Kind::Reference) {
            18
        } else {
            0
        };
        Self {
            nillable: false,
            role,
            ..Self::sized(name, label, kind, length)
        }
        .read_only()
    }

    /// Must be given.
    pub fn required(mut self) -> Self {
        self.nillable = false;
        self
    }

    /// Never empty, filled by the org when not given.
    pub fn defaulted(mut self) -> Self {
        self.nillable = false;
        self.defaulted_on_create = true;
        self
    }

    /// Cannot be written by a client.
    pub fn read_only(mut self) -> Self {
        self.createable = false;
        self.updateable = false;
        self
    }

    /// Can be given only when the record is made.
    pub fn create_only(mut self) -> Self {
        self.updateable = false;
        self
    }

    /// Only listed values are accepted.
    pub fn restrict(mut self) -> Self {
        self.restricted = true;
        self
    }

    /// The value that new records take.
    pub fn default_value(mut self, value: &str) -> Self {
        for entry in &mut self.picklist {
            entry.default = entry.value == value;
        }
        self.defaulted_on_create = true;
        self
    }

    /// A unique external id.
    pub fn external(mut self) -> Self {
        self.external_id = true;
        self.unique = true;
        self.id_lookup = true;
        self
    }

    /// An external id that several records may share.
    pub fn external_shared(mut self) -> Self {
        self.external_id = true;
        self.id_lookup = true;
        self
    }

    /// Records can be looked up by it.
    pub fn lookup(mut self) -> Self {
        self.id_lookup = true;
        self
    }

    /// The name of the object's records.
    pub fn naming(mut self) -> Self {
        self.names_record = true;
        self
    }

    /// Part of a compound field.
    pub fn part_of(mut self, compound: &'static str) -> Self {
        self.compound = Some(compound);
        self
    }

    /// The way down from the parent in SOQL.
    pub fn children(mut self, name: &'static str) -> Self {
        self.child_name = Some(name);
        self
    }

    /// Deleted with its parent.
    pub fn cascades(mut self) -> Self {
        self.cascade_delete = true;
        self
    }

    /// Help text.
    pub fn help(mut self, text: &'static str) -> Self {
        self.help = Some(text);
        self
    }

    /// Made by an administrator.
    pub fn is_custom(&self) -> bool {
        self.name.ends_with("__c") || self.name.ends_with("__s")
    }

    /// Whether the value is put together from other fields.
    pub fn is_compound(&self) -> bool {
        matches!(self.kind, Kind::Address | Kind::Location)
    }

    /// Whether it is the code of a listed state or country; such codes are held against their lists by address.
    pub fn is_place_code(&self) -> bool {
        self.compound.is_some() && (self.name.ends_with("CountryCode") || self.name.ends_with("StateCode"))
    }

    /// One of the four fields that say who made and changed a record, and when.
    pub fn is_audit(&self) -> bool {
        matches!(
            self.role,
            Role::CreatedDate | Role::CreatedBy | Role::ModifiedDate | Role::ModifiedBy
        ) && self.name != "SystemModstamp"
    }

    /// Whether queries may filter by it: not by compounds and long texts.
    pub fn is_filterable(&self) -> bool {
        !self.is_compound()
            && self.kind != Kind::EncryptedText
            && !(self.kind == Kind::TextArea && self.length > 255)
    }

    /// Whether lookups by value keep an index for it.
    pub fn is_indexed(&self) -> bool {
        let by_text = self.kind.is_text() && (self.id_lookup || self.unique);
        self.role == Role::Stored && (by_text || self.cascade_delete)
    }
}
