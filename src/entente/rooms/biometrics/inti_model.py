"""A transaction of INT-I version 6, INTERPOL's implementation of ANSI/NIST-ITL 1-2011 (NIEM-XML encoding).

Each field says where it stands in the XML, in the order of the schema: inti.py reads and writes by that
alone. Values stay the text that they were, so that what was read is written unchanged; empty means not
there. In brackets: the number of the field in the traditional encoding.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

AT, OF, MANY, CHECK = "at", "of", "many", "check"


def _text(at: str, check: str = "", default: str = "") -> Any:
    return field(default=default, metadata={AT: at, CHECK: check})


def _texts(at: str) -> Any:
    return field(default=(), metadata={AT: at, MANY: True})


def _part(at: str, of: type) -> Mapping[str, Any]:
    return {AT: at, OF: of}


def _parts(at: str, of: type) -> Any:
    return field(default=(), metadata={AT: at, OF: of, MANY: True})


@dataclass(frozen=True, slots=True)
class Party:
    """A bureau as sender or receiver: its own code, its name, its country (ISO 3166-1 alpha-3)."""

    code: str = _text("nc:OrganizationIdentification/nc:IdentificationID")
    name: str = _text("nc:OrganizationName")
    country: str = _text("int-i:LocationCountryISO3166Alpha3Code", "country")


@dataclass(frozen=True, slots=True)
class Header:
    """Type-1: who sends what to whom. `tcr`: the control number of the transaction that this one answers."""

    date: str = _text("biom:TransactionDate/nc:Date", "date")
    to: Party = field(
        default_factory=Party, metadata=_part("int-i:TransactionDestinationOrganization", Party)
    )
    origin: Party = field(
        default_factory=Party, metadata=_part("int-i:TransactionOriginatingOrganization", Party)
    )
    utc: str = _text("biom:TransactionUTCDate/nc:DateTime", "time")
    tcn: str = _text("biom:TransactionControlIdentification/nc:IdentificationID", "tcn")
    tcr: str = _text("biom:TransactionControlReferenceIdentification/nc:IdentificationID", "tcn")
    domain_version: str = _text(
        "biom:TransactionDomain/biom:DomainVersionNumberIdentification/nc:IdentificationID", default="06.00"
    )
    domain: str = _text("biom:TransactionDomain/biom:TransactionDomainName", default="INT-I")
    scanned: str = _text(
        "biom:TransactionImageResolutionDetails/biom:NativeScanningResolutionValue", default="00.00"
    )
    sent: str = _text(
        "biom:TransactionImageResolutionDetails/biom:NominalTransmittingResolutionValue", default="00.00"
    )
    major: str = _text("biom:TransactionMajorVersionValue", default="05")
    minor: str = _text("biom:TransactionMinorVersionValue", default="02")
    priority: str = _text("biom:TransactionPriorityValue", "number")
    tot: str = _text("int-i:TransactionCategoryCode", "tot")


@dataclass(frozen=True, slots=True)
class Name:
    prefix: str = _text("nc:PersonNamePrefixText")
    given: str = _text("nc:PersonGivenName")
    middle: str = _text("nc:PersonMiddleName")
    family: str = _text("nc:PersonSurName")
    suffix: str = _text("nc:PersonNameSuffixText")
    maiden: str = _text("nc:PersonMaidenName")
    extended: tuple[str, ...] = _texts("int-i:PersonExtendedName")


_ADDRESS = "nc:LocationAddress/nc:StructuredAddress"


@dataclass(frozen=True, slots=True)
class Place:
    number: str = _text(f"{_ADDRESS}/nc:LocationStreet/nc:StreetNumberText")
    street: str = _text(f"{_ADDRESS}/nc:LocationStreet/nc:StreetName")
    city: str = _text(f"{_ADDRESS}/nc:LocationCityName")
    county: str = _text(f"{_ADDRESS}/nc:LocationCountyName")
    state: str = _text(f"{_ADDRESS}/nc:LocationStateName")
    country: str = _text(f"{_ADDRESS}/nc:LocationCountryISO3166Alpha3Code", "country")
    postal: str = _text(f"{_ADDRESS}/nc:LocationPostalCode")
    full: str = _text("nc:LocationAddress/nc:AddressFullText")


@dataclass(frozen=True, slots=True)
class Person:
    """The record's subject (2.030 to 2.041). `sex`: M, F, U or X."""

    birth: str = _text("nc:PersonBirthDate/nc:Date", "date")
    born_at: Place = field(default_factory=Place, metadata=_part("nc:PersonBirthLocation", Place))
    citizenship: str = _text("nc:PersonCitizenshipISO3166Alpha3Code", "country")
    name: Name = field(default_factory=Name, metadata=_part("int-i:PersonName", Name))
    aliases: tuple[Name, ...] = _parts("int-i:PersonAliases/int-i:PersonName", Name)
    birth_from: str = _text("int-i:PersonBirthDateRange/nc:StartDate/nc:Date", "date")
    birth_to: str = _text("int-i:PersonBirthDateRange/nc:EndDate/nc:Date", "date")
    sex: str = _text("int-i:PersonSexCode", "sex")
    father: Name = field(default_factory=Name, metadata=_part("int-i:PersonFather", Name))
    mother: Name = field(default_factory=Name, metadata=_part("int-i:PersonMother", Name))


@dataclass(frozen=True, slots=True)
class National:
    """A number that a state gave."""

    country: str = _text("int-i:LocationCountryISO3166Alpha3Code", "country")
    number: str = _text("nc:IdentificationID")


@dataclass(frozen=True, slots=True)
class Other:
    """A number of another sort."""

    sort: str = _text("int-i:MiscIDType")
    number: str = _text("nc:IdentificationID")


@dataclass(frozen=True, slots=True)
class Numbers:
    """Reference numbers (2.007 to 2.016). `latent`: of the mark; `evidence`: of the object that bore it."""

    interpol: str = _text("int-i:InterpolReferenceNumber")
    person: National = field(
        default_factory=National, metadata=_part("int-i:NationalPersonIdentifier", National)
    )
    inquiry: National = field(
        default_factory=National, metadata=_part("int-i:NationalPersonInquiryIdentifier", National)
    )
    case: National = field(default_factory=National, metadata=_part("int-i:NationalCaseIdentifier", National))
    evidence: str = _text("int-i:LatentCaseEvidenceIdentifier")
    latent: str = _text("int-i:LatentIdentifier")
    unique: str = _text("int-i:LatentUniqueIdentifier")
    business: National = field(
        default_factory=National, metadata=_part("int-i:NationalBusinessReference", National)
    )
    other1: Other = field(
        default_factory=Other, metadata=_part("int-i:MiscellaneousIdentificationID1", Other)
    )
    other2: Other = field(
        default_factory=Other, metadata=_part("int-i:MiscellaneousIdentificationID2", Other)
    )
    other3: Other = field(
        default_factory=Other, metadata=_part("int-i:MiscellaneousIdentificationID3", Other)
    )
    other4: Other = field(
        default_factory=Other, metadata=_part("int-i:MiscellaneousIdentificationID4", Other)
    )
    other5: Other = field(
        default_factory=Other, metadata=_part("int-i:MiscellaneousIdentificationID5", Other)
    )


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to ask (2.063)."""

    telephone: str = _text(
        "nc:ContactTelephoneNumber/nc:FullTelephoneNumber/nc:TelephoneNumberFullID",
    )
    organization: str = _text("nc:OrganizationName")
    person: str = _text("nc:PersonFullName")
    text: str = _text("int-i:AdditionalContactInformationText")


@dataclass(frozen=True, slots=True)
class Error:
    """What an ERR transaction tells (2.074): a code of codes.CODES, the mnemonic of the field, a text."""

    code: str = _text("int-i:ErrorCode")
    field: str = _text("int-i:ErrorFieldMnemonicCode")
    text: str = _text("int-i:ErrorMessageText")


@dataclass(frozen=True, slots=True)
class Respondent:
    """The candidate that an SRE transaction tells (2.064): the schema has room for one in each transaction.

    `verified`: "true" where an examiner compared the prints, "false" where no person looked. `category`: the
    type of the search that is answered. `result`: I (identification) or N (none). `total`: of all candidates.
    """

    rank: str = _text("int-i:TransactionCandidate/int-i:CandidateSequenceID/nc:IdentificationID", "number")
    verified: str = _text(
        "int-i:TransactionCandidate/int-i:TransactionCandidateManualVerificationIndicator", "flag"
    )
    total: str = _text("int-i:TransactionCandidatesTotalQuantity", "number")
    category: str = _text("int-i:TransactionCategoryCode", "tot")
    result: str = _text("int-i:TransactionSearchResultsCode", "result")


@dataclass(frozen=True, slots=True)
class Descriptive:
    """Type-2: what the transaction is about, and in an answer what was found."""

    taken: str = _text("int-i:RecordActivity/biom:RecordCreationDate/nc:DateTime", "time")
    taken_by_code: str = _text(
        "int-i:RecordActivity/int-i:CaptureOrganization/nc:OrganizationIdentification/nc:IdentificationID"
    )
    taken_by: str = _text("int-i:RecordActivity/int-i:CaptureOrganization/nc:OrganizationName")
    taken_at: Place = field(
        default_factory=Place, metadata=_part("int-i:RecordActivity/int-i:CaptureOrganization", Place)
    )
    person: Person = field(default_factory=Person, metadata=_part("int-i:RecordSubject", Person))
    offence_code: str = _text("int-i:RecordOffence/int-i:OffenceDescriptionCode")
    offence: str = _text("int-i:RecordOffence/int-i:OffenceDescriptionText")
    arrested_at: Place = field(
        default_factory=Place, metadata=_part("int-i:RecordOffence/int-i:ArrestLocation", Place)
    )
    offence_on: str = _text("int-i:RecordOffence/int-i:OffenceDateTime/nc:Date", "date")
    offence_time: str = _text("int-i:RecordOffence/int-i:OffenceDateTime/nc:DateTime", "time")
    civil_code: str = _text("int-i:RecordCivil/int-i:CivilDescriptionCode")
    civil: str = _text("int-i:RecordCivil/int-i:CivilDescriptionText")
    numbers: Numbers = field(
        default_factory=Numbers,
        metadata=_part("int-i:RecordMetadata/int-i:MiscellaneousIdentification", Numbers),
    )
    contacts: tuple[Contact, ...] = _parts("int-i:RecordMetadata/int-i:ContactInformation", Contact)
    expires: str = _text("int-i:RecordMetadata/nc:ExpirationDate/nc:Date", "date")
    created: str = _text("int-i:RecordMetadata/int-i:RecordCreationDate/nc:Date", "date")
    updated: str = _text("int-i:RecordMetadata/int-i:RecordLastUpdateDate/nc:Date", "date")
    errors: tuple[Error, ...] = _parts("int-i:TransactionResponseData/int-i:ErrorMessage", Error)
    respondent: Respondent = field(
        default_factory=Respondent,
        metadata=_part("int-i:TransactionResponseData/int-i:RespondentsList", Respondent),
    )
    position_asked: str = _text(
        "int-i:TransactionResponseData/int-i:LatentMatchingPosition/int-i:LatentMatchingPositionSearch",
        "number",
    )
    position_found: str = _text(
        "int-i:TransactionResponseData/int-i:LatentMatchingPosition/int-i:LatentMatchingPositionCandidate",
        "number",
    )
    mode: str = _text("int-i:TransactionMetadata/int-i:ResultDeterminationMode", "mode")
