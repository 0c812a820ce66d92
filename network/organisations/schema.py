"""An organisation in the words of schema.org."""

from typing import TYPE_CHECKING

from common import schema
from common.schema import Context, Thing

if TYPE_CHECKING:
    from network.organisations.models import OrganisationPage

KINDS = {
    "county": "GovernmentOrganization",
    "municipality": "GovernmentOrganization",
    "joint_authority": "GovernmentOrganization",
    "expert_institute": "GovernmentOrganization",
    "ministry": "GovernmentOrganization",
    "eu": "GovernmentOrganization",
    "ngo": "NGO",
    "uas": "CollegeOrUniversity",
    "university": "CollegeOrUniversity",
}


def organisation(page: "OrganisationPage", context: Context) -> Thing:
    told = page.organisation
    regions = [region.name for region in told.regions.all()]
    return schema.of_page(
        KINDS.get(told.type, "Organization"),
        page,
        context,
        is_example=page.is_example or told.is_fictional,
        # The language is the page's; an organisation has none.
        inLanguage=None,
        alternateName=sorted({told.short_name, *told.all_names()} - {page.title, ""}),
        sameAs=told.website,
        foundingDate=told.starts.isoformat() if told.starts else None,
        dissolutionDate=told.ends.isoformat() if told.ends else None,
        areaServed=[{"@type": "AdministrativeArea", "name": name} for name in regions]
        or ([{"@type": "Country", "name": "FI"}] if told.is_national else []),
        contactPoint=[
            {"@type": "ContactPoint", "contactType": contact.role, "email": contact.email}
            for contact in told.contacts.all()
            if contact.email
        ],
    )
