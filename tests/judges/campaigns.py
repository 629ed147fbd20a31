"""simple-salesforce against campaigns, their members and the members' statuses.

Sources: Object Reference ("Campaign", "CampaignMember", "CampaignMemberStatus").
"""

from simple_salesforce.exceptions import SalesforceMalformedRequest, SalesforceResourceNotFound

from connection import bad_request, connect, table
from verdict import check, refused, run, same

org = connect()
kept = {}


@check
def a_campaign_begins_with_two_statuses():
    """a new campaign has the statuses Sent, which is the default, and Responded"""
    values = {"Name": "Judged", "IsActive": True, "Status": "Planned", "Type": "Webinar", "StartDate": "2026-12-01"}
    kept["campaign"] = org.Campaign.create(values)["id"]
    found = org.query(
        "SELECT Label, HasResponded, IsDefault FROM CampaignMemberStatus "
        f"WHERE CampaignId = '{kept['campaign']}' ORDER BY SortOrder"
    )["records"]
    wanted = [("Sent", False, True), ("Responded", True, False)]
    same([(row["Label"], row["HasResponded"], row["IsDefault"]) for row in found], wanted, "statuses")


@check
def people_become_members():
    """a lead and a contact become members, with the default status"""
    lead = kept["lead"] = org.Lead.create({"LastName": "Member", "Company": "x"})["id"]
    contact = org.Contact.create({"LastName": "Member"})["id"]
    for field, person in (("LeadId", lead), ("ContactId", contact)):
        member = org.CampaignMember.create({"CampaignId": kept["campaign"], field: person})["id"]
        same(member[:3], "00v", "id")
        found = org.CampaignMember.get(member)
        same((found["Status"], found["HasResponded"], found[field]), ("Sent", False, person), field)
        kept[field] = member


@check
def nobody_is_a_member_twice():
    """one person is a member once: DUPLICATE_VALUE"""
    again = lambda: org.CampaignMember.create({"CampaignId": kept["campaign"], "LeadId": kept["lead"]})
    bad_request("DUPLICATE_VALUE", again, "Already a campaign member.")


@check
def members_respond():
    """a status that counts as response makes HasResponded true"""
    org.CampaignMember.update(kept["LeadId"], {"Status": "Responded"})
    same(org.CampaignMember.get(kept["LeadId"])["HasResponded"], True, "HasResponded")
    org.CampaignMember.update(kept["LeadId"], {"Status": "Sent"})
    same(org.CampaignMember.get(kept["LeadId"])["HasResponded"], False, "HasResponded")


@check
def statuses_are_added():
    """a campaign takes further statuses, and members take them"""
    status = {"CampaignId": kept["campaign"], "Label": "Visited booth", "HasResponded": True, "SortOrder": 5}
    same(org.CampaignMemberStatus.create(status)["success"], True, "create")
    org.CampaignMember.update(kept["ContactId"], {"Status": "Visited booth"})
    found = org.CampaignMember.get(kept["ContactId"])
    same((found["Status"], found["HasResponded"]), ("Visited booth", True), "member")


@check
def members_are_needed():
    """a member needs a campaign, and a lead or a contact"""
    refused(SalesforceMalformedRequest, lambda: org.CampaignMember.create({"LeadId": kept["lead"]}))
    refused(SalesforceMalformedRequest, lambda: org.CampaignMember.create({"CampaignId": kept["campaign"]}))
    wrong = {"CampaignId": kept["lead"], "LeadId": kept["lead"]}
    refused(SalesforceMalformedRequest, lambda: org.CampaignMember.create(wrong))


@check
def members_are_queried():
    """members with their campaign and person, and a campaign with its members"""
    found = org.query(f"SELECT Campaign.Name, Lead.LastName FROM CampaignMember WHERE Id = '{kept['LeadId']}'")
    row = found["records"][0]
    same((row["Campaign"]["Name"], row["Lead"]["LastName"]), ("Judged", "Member"), "parents")
    found = org.query(f"SELECT (SELECT Id FROM CampaignMembers) FROM Campaign WHERE Id = '{kept['campaign']}'")
    same(found["records"][0]["CampaignMembers"]["totalSize"], 2, "children")


@check
def members_come_in_bulk():
    """Bulk 2: members are inserted; who is one already fails alone"""
    leads = [org.Lead.create({"LastName": f"Bulk member {number}", "Company": "x"})["id"] for number in range(3)]
    rows = [{"CampaignId": kept["campaign"], "LeadId": lead, "Status": "Responded"} for lead in [*leads, kept["lead"]]]
    job = org.bulk2.CampaignMember.insert(records=rows, wait=0.05)[0]
    same((job["numberRecordsProcessed"], job["numberRecordsFailed"]), (4, 1), "counts")
    failed = table(org.bulk2.CampaignMember.get_failed_records(job["job_id"]))[0]
    same((failed["LeadId"], failed["sf__Error"].split(":")[:2]), (kept["lead"], ["DUPLICATE_VALUE", "Already a campaign member."]), "row")


@check
def members_leave():
    """a member is deleted alone; a campaign takes its members along"""
    org.CampaignMember.delete(kept["LeadId"])
    same(org.Lead.get(kept["lead"])["LastName"], "Member", "the lead stays")
    org.Campaign.delete(kept["campaign"])
    refused(SalesforceResourceNotFound, lambda: org.CampaignMember.get(kept["ContactId"]))


run()
