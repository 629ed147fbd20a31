"""simple-salesforce against describe: objects, every key of a field, required fields, record types, conditional requests.

Sources: REST API Developer Guide ("Describe Global", "sObject Describe", "Conditional Requests"), SOAP API Developer
Guide ("DescribeSObjectResult", "Field"), Object Reference (standard objects and their prefixes).
"""

from email.utils import formatdate

from simple_salesforce.exceptions import SalesforceResourceNotFound

from connection import DATA, connect, error_of, http
from verdict import check, holds, refused, run, same

org = connect()

PREFIXES = {
    "Account": "001",
    "Contact": "003",
    "User": "005",
    "Opportunity": "006",
    "Campaign": "701",
    "CampaignMember": "00v",
    "Lead": "00Q",
    "Task": "00T",
    "Event": "00U",
    "Organization": "00D",
    "RecordType": "012",
    "Group": "00G",
    "AssignmentRule": "01Q",
    "ListView": "00B",
    "Report": "00O",
    "DuplicateRule": "0Bm",
}

GLOBAL_KEYS = """name label labelPlural keyPrefix custom customSetting createable updateable deletable queryable
retrieveable searchable triggerable undeletable mergeable replicateable layoutable activateable deprecatedAndHidden
feedEnabled hasSubtypes isSubtype isInterface mruEnabled associateEntityType associateParentEntity urls""".split()

OBJECT_KEYS = """fields childRelationships recordTypeInfos supportedScopes namedLayoutInfos actionOverrides
compactLayoutable searchLayoutable sobjectDescribeOption listviewable networkScopeFieldName urls""".split()

FIELD_KEYS = """aggregatable aiPredictionField autoNumber byteLength calculated calculatedFormula cascadeDelete
caseSensitive compoundFieldName controllerName createable custom defaultValue defaultValueFormula defaultedOnCreate
dependentPicklist deprecatedAndHidden digits displayLocationInDecimal encrypted externalId extraTypeInfo filterable
filteredLookupInfo formulaTreatNullNumberAsZero groupable highScaleNumber htmlFormatted idLookup inlineHelpText label
length mask maskType name nameField namePointing nillable permissionable picklistValues polymorphicForeignKey precision
queryByDistance referenceTargetField referenceTo relationshipName relationshipOrder restrictedDelete restrictedPicklist
scale searchPrefilterable soapType sortable type unique updateable writeRequiresMasterRead""".split()

TYPES = """id reference string textarea phone email url boolean int long double currency percent date datetime time
picklist multipicklist combobox encryptedstring address location base64 anyType complexvalue json""".split()


def described(name):
    return getattr(org, name).describe()


def fields_of(name):
    return {field["name"]: field for field in described(name)["fields"]}


@check
def objects_are_listed():
    """describe global: the standard objects with their prefixes and every flag"""
    answer = org.describe()
    same((answer["encoding"], answer["maxBatchSize"]), ("UTF-8", 200), "head")
    found = {entry["name"]: entry for entry in answer["sobjects"]}
    same({name: found.get(name, {}).get("keyPrefix") for name in PREFIXES}, PREFIXES, "prefixes")
    for name, entry in found.items():
        holds(entry, GLOBAL_KEYS, name)
    same(found["Account"]["urls"]["describe"], f"{DATA}/sobjects/Account/describe", "url")
    assert found["Account"]["createable"] and not found["Account"]["custom"], "Account"


@check
def every_key_is_there():
    """describe: every object and every field has every key, and a known type"""
    for name in ("Account", "Contact", "Lead", "Opportunity", "Campaign", "CampaignMember", "User", "Task", "Event"):
        answer = described(name)
        holds(answer, GLOBAL_KEYS + OBJECT_KEYS, name)
        for field in answer["fields"]:
            holds(field, FIELD_KEYS, f"{name}.{field['name']}")
            assert field["type"] in TYPES, f"{name}.{field['name']}: {field['type']}"
            for entry in field["picklistValues"]:
                same(set(entry), {"active", "defaultValue", "label", "validFor", "value"}, f"{name}.{field['name']}")


@check
def default_mappings_can_be_written():
    """describe: every field that an export fills can be written"""
    wanted = {
        "Account": "Name Website Phone Fax BillingStreet BillingCity BillingState BillingPostalCode BillingCountry "
        "AnnualRevenue NumberOfEmployees Industry Description TickerSymbol Sic NaicsCode Ownership YearStarted "
        "AccountSource Segment__c ZoomInfo_Id__c",
        "Contact": "FirstName LastName MiddleName Salutation Suffix Title Department Email Phone MobilePhone Fax "
        "MailingStreet MailingCity MailingState MailingPostalCode MailingCountry LeadSource AccountId Function__c",
        "Lead": "FirstName LastName Salutation Title Company Email Phone MobilePhone Fax Website Street City State "
        "PostalCode Country Industry AnnualRevenue NumberOfEmployees Description LeadSource Status",
    }
    for name, fields in wanted.items():
        known = fields_of(name)
        for field in fields.split():
            assert known[field]["createable"] and known[field]["updateable"], f"{name}.{field} cannot be written"


@check
def required_fields_can_be_told():
    """describe: createable, not nillable and not defaulted is what create requires"""
    for name, wanted in {
        "Account": {"Name"},
        "Contact": {"LastName"},
        "Lead": {"LastName", "Company"},
        "Opportunity": {"Name", "StageName", "CloseDate"},
        "Campaign": {"Name"},
    }.items():
        required = {
            field["name"]
            for field in described(name)["fields"]
            if field["createable"] and not field["nillable"] and not field["defaultedOnCreate"]
        }
        same(required, wanted, name)


@check
def fields_have_their_types():
    """describe: types, lengths, digits, lookups and compounds of standard and custom fields"""
    for name, field, wanted in [
        ("Account", "Id", {"type": "id", "length": 18, "soapType": "tns:ID", "idLookup": True, "createable": False}),
        ("Account", "Name", {"type": "string", "length": 255, "byteLength": 765, "soapType": "xsd:string", "nameField": True}),
        ("Account", "AnnualRevenue", {"type": "currency", "precision": 18, "scale": 0, "soapType": "xsd:double"}),
        ("Account", "NumberOfEmployees", {"type": "int", "digits": 8, "soapType": "xsd:int"}),
        ("Account", "Website", {"type": "url", "length": 255}),
        ("Account", "Phone", {"type": "phone", "length": 40}),
        ("Account", "Description", {"type": "textarea", "length": 32000, "filterable": False, "sortable": False}),
        ("Account", "ParentId", {"type": "reference", "referenceTo": ["Account"], "relationshipName": "Parent"}),
        ("Account", "BillingAddress", {"type": "address", "createable": False, "updateable": False}),
        ("Account", "BillingStreet", {"compoundFieldName": "BillingAddress", "createable": True}),
        ("Account", "CreatedDate", {"type": "datetime", "createable": False, "soapType": "xsd:dateTime"}),
        ("Account", "ZoomInfo_Id__c", {"custom": True, "externalId": True, "unique": True, "idLookup": True, "length": 30}),
        ("Contact", "AccountId", {"type": "reference", "referenceTo": ["Account"], "relationshipName": "Account"}),
        ("Contact", "Email", {"type": "email", "length": 80, "idLookup": True, "externalId": False}),
        ("Contact", "Name", {"createable": False, "updateable": False, "nameField": True}),
        ("Contact", "FirstName", {"compoundFieldName": "Name", "length": 40}),
        ("Contact", "LastName", {"length": 80, "nillable": False}),
        ("Contact", "Birthdate", {"type": "date", "soapType": "xsd:date"}),
        ("Contact", "DoNotCall", {"type": "boolean", "defaultedOnCreate": True, "nillable": False, "defaultValue": False}),
        ("Contact", "Function__c", {"type": "picklist", "restrictedPicklist": True, "custom": True}),
        ("Lead", "OwnerId", {"type": "reference", "polymorphicForeignKey": True, "relationshipName": "Owner"}),
        ("Opportunity", "Amount", {"type": "currency", "precision": 18, "scale": 2}),
        ("Opportunity", "Probability", {"type": "percent"}),
        ("Opportunity", "CloseDate", {"type": "date"}),
        ("Task", "Subject", {"type": "combobox"}),
        ("Task", "WhoId", {"type": "reference", "relationshipName": "Who"}),
        ("User", "Email", {"idLookup": True}),
    ]:
        known = fields_of(name)[field]
        same({key: known[key] for key in wanted}, wanted, f"{name}.{field}")
    same(set(fields_of("Lead")["OwnerId"]["referenceTo"]), {"Group", "User"}, "owners of a lead")
    assert "IsPersonAccount" not in fields_of("Account"), "this org has no person accounts"


@check
def picklists_have_values():
    """describe: picklists list their values, and the default among them"""
    status = fields_of("Lead")["Status"]["picklistValues"]
    same([entry["value"] for entry in status if entry["defaultValue"]], ["Open - Not Contacted"], "default")
    assert all(entry["active"] and entry["label"] for entry in status), status
    assert len(fields_of("Account")["Industry"]["picklistValues"]) >= 30, "industries"


@check
def record_types_are_told():
    """describe: record types with the master, and exactly one default"""
    keys = "active available defaultRecordTypeMapping developerName master name recordTypeId urls".split()
    for name, wanted in {"Account": {"Business", "Partner"}, "Contact": set()}.items():
        infos = described(name)["recordTypeInfos"]
        for info in infos:
            holds(info, keys, name)
        masters = [info for info in infos if info["master"]]
        same([info["recordTypeId"] for info in masters], ["012000000000000AAA"], f"{name}: master")
        same(len([info for info in infos if info["defaultRecordTypeMapping"]]), 1, f"{name}: defaults")
        holds([info["developerName"] for info in infos], wanted, name)
    rows = org.query("SELECT Id, DeveloperName FROM RecordType WHERE SobjectType = 'Account'")["records"]
    told = {info["developerName"]: info["recordTypeId"] for info in described("Account")["recordTypeInfos"]}
    for row in rows:
        same(told[row["DeveloperName"]], row["Id"], row["DeveloperName"])


@check
def children_are_told():
    """describe: child relationships with their names and whether deletion cascades"""
    keys = "cascadeDelete childSObject deprecatedAndHidden field junctionIdListNames junctionReferenceTo relationshipName restrictedDelete"
    children = described("Account")["childRelationships"]
    for child in children:
        holds(child, keys.split(), "child")
    by_name = {child["relationshipName"]: (child["childSObject"], child["field"]) for child in children}
    same(by_name.get("Contacts"), ("Contact", "AccountId"), "Contacts")
    same(by_name.get("Opportunities"), ("Opportunity", "AccountId"), "Opportunities")
    same(by_name.get("ChildAccounts"), ("Account", "ParentId"), "ChildAccounts")


@check
def basic_information():
    """sObject basic information: the global entry, and recent items"""
    answer = org.Account.metadata()
    same((answer["objectDescribe"]["name"], type(answer["recentItems"])), ("Account", list), "members")


@check
def unknown_objects_are_refused():
    """describe: an unknown object is 404 NOT_FOUND"""
    error = refused(SalesforceResourceNotFound, lambda: described("Nope__c"))
    same(error_of(error)["errorCode"], "NOT_FOUND", "code")


@check
def unchanged_descriptions_are_not_sent():
    """If-Modified-Since: 304 without a body when nothing changed, else the description"""
    for path in ("/sobjects", "/sobjects/Lead/describe"):
        now, long_ago = formatdate(usegmt=True), formatdate(0, usegmt=True)
        answer = http("GET", DATA + path, headers={"If-Modified-Since": now})
        same((answer.status_code, answer.content), (304, b""), path)
        same(http("GET", DATA + path, headers={"If-Modified-Since": long_ago}).status_code, 200, path)


@check
def no_package_is_installed():
    """without the native app nothing has a namespace"""
    namespaced = [entry["name"] for entry in org.describe()["sobjects"] if entry["name"].count("__") > 1]
    same(namespaced, [], "objects")
    same([name for name in fields_of("Account") if name.count("__") > 1], [], "fields")


run()
