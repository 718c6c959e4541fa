"""What is found in a document, gathered by organisation: each thing once, however often it is told."""

from collections import defaultdict
from dataclasses import dataclass, field

from data.oruk.marks import Marked, as_written, made_id, marked
from data.oruk.native import Texts, location_texts, organisation_texts, phone_of, register_id, service_texts
from data.oruk.shapes import Found
from data.oruk.slots import Slots
from data.register.vocabulary import SUPPORT_TYPES


@dataclass
class Held:
    """One record as it comes in: texts by field (with "id"), where it stood, and whether it is one of ours."""

    label: str
    ours: bool
    texts: Texts

    def add(self, texts: Texts) -> None:
        """Take what is not known yet."""
        self.texts |= {name: text for name, text in texts.items() if text and not self.texts.get(name)}


@dataclass
class Organisation(Held):
    """An organisation and what hangs on it."""

    places: dict[str, str] = field(default_factory=dict)
    """The link id of each place of it, in order, and our code of it if that is known."""
    parts: dict[str, dict[str, Texts]] = field(default_factory=lambda: {"practice": {}, "grants": {}})
    services: list["Service"] = field(default_factory=list)


@dataclass
class Service(Held):
    """A service, whose it is said to be, and the link ids of where it is given."""

    of: str
    at: list[str] = field(default_factory=list)


@dataclass
class Losses:
    """What was not kept: what it was, by whose it was, counted once for each record that had it."""

    left: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    seen: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    terms: dict[str, None] = field(default_factory=dict)

    def slots(self, kind: str, id_: str, record: Slots) -> None:
        """Remember the slots of a record that were not read."""
        for name in record.left():
            self.left.setdefault(kind, {}).setdefault(name, set()).add(id_)


class Gathered:
    """Everything that a document tells, by what it is. Links between them are followed later."""

    def __init__(self) -> None:
        self.organisations: dict[str, Organisation] = {}
        self.services: dict[str, Service] = {}
        self.places: dict[str, Held] = {}
        self.owners: dict[str, str] = {}
        """By a place's link id, the organisation that it names itself."""
        self.known_as: dict[str, str] = {}
        """By an organisation's id in the document, the id that it has in the register."""
        self.losses = Losses()

    def take(self, found: Found) -> None:
        """Add one thing of the document."""
        match found.shape:
            case "service":
                self._service(found.record, found.label, "")
            case "organization":
                self._organisation(found.record, found.label, with_services=True)
            case "location":
                self._place(found.record, found.label)
            case "service_at_location":
                service = self._service(found.record.part("service"), found.label, "")
                self._given(found.record, found.label, service)
            case _:
                self.losses.seen["unclear"].add(found.label)

    def _organisation(self, record: Slots, label: str, *, with_services: bool = False) -> str:
        """Our id of an organisation; "" if it says neither its name nor its id."""
        texts = organisation_texts(record)
        own = register_id(record)
        id_ = own or record.peek("id") or (texts["name"] and made_id("organisation", texts["name"]))
        if not id_:
            return ""
        if not (own or record.peek("id")):
            self.losses.seen["without id"].add(id_)
        marks, others = marked(record)
        texts |= next((mark.texts for mark in marks if mark.table == "organisations"), {})
        held = self.organisations.setdefault(id_, Organisation(label, bool(own), {"id": id_}))
        held.add(texts)
        self.known_as[record.peek("id") or id_] = id_
        self._parts(held, marks)
        self.losses.terms |= dict.fromkeys(others)
        for place in record.apart("locations"):
            if link := self._place(place, label):
                held.places.setdefault(link, "")
        if with_services:
            for service in record.apart("services"):
                self._service(service, label, id_)
        self.losses.slots("organisations", id_, record)
        return id_

    def _parts(self, held: Organisation, marks: list[Marked]) -> None:
        for mark in marks:
            code = mark.texts.get("id", "") or mark.link_id
            if mark.table == "locations":
                held.places[mark.link_id] = code
            elif mark.table in held.parts:
                held.parts[mark.table].setdefault(code, mark.texts)

    def _place(self, record: Slots, label: str) -> str:
        """The link id of a place; "" if there is none, or it is on no ground."""
        if not record.record or record.text("location_type") == "virtual":
            return ""
        texts, lost = location_texts(record)
        if not any(texts.values()) and not record.peek("id"):
            return ""
        link = record.peek("id") or made_id("place", *texts.values())
        if not record.peek("id"):
            self.losses.seen["without id"].add(link)
        marks, others = marked(record)
        own = next((mark.texts for mark in marks if mark.table == "locations"), None)
        texts = {"id": link} | texts | (own or {})
        self.places.setdefault(link, Held(label, own is not None, {"id": texts["id"]})).add(texts)
        if owner := record.text("organization_id"):
            self.owners.setdefault(link, owner)
        if lost:
            self.losses.seen["schedules of places"].add(link)
        self.losses.terms |= dict.fromkeys(others)
        self.losses.slots("places", link, record)
        return link

    def _service(self, record: Slots, label: str, of: str) -> Service | None:
        """A service, with its organisation and its places; None if it says neither its name nor its id."""
        whose = record.part("organization")
        of = self._organisation(whose, label) or record.text("organization_id") or of
        texts, lost = service_texts(record)
        if not texts["name"] and not record.peek("id"):
            self.losses.seen["unclear"].add(label)
            return None
        link = record.peek("id") or made_id("service", of, texts["name"])
        if not record.peek("id"):
            self.losses.seen["without id"].add(link)
        marks, others = marked(record)
        own = next((mark.texts for mark in marks if mark.table == "services"), None)
        if own is None:
            texts["support_type"] = self._kind_of_help(others)
            self._reached(of, record)
        texts = {"id": link} | texts | (own or {})
        held = self.services.setdefault(link, Service(label, own is not None, {"id": texts["id"]}, of))
        held.add(texts)
        for given in record.parts("service_at_locations"):
            self._given(given, label, held)
        if lost:
            self.losses.seen["schedules"].add(link)
        self.losses.slots("services", link, record)
        return held

    def _given(self, record: Slots, label: str, service: Service | None) -> None:
        """Take the place of a service at a location."""
        place = record.part("location")
        link = self._place(place, label) or ("" if place.record else record.text("location_id"))
        if service is None:
            return
        if place.peek("location_type") == "virtual" and not service.ours:
            service.add({"delivery": "online"})
        if link and link not in service.at:
            service.at.append(link)
        if service.ours:
            record.done("description")

    def _kind_of_help(self, terms: list[str]) -> str:
        """The first of the document's categories that is a kind of help; the others are remembered as not kept."""
        meant = {term: as_written("services", "support_type", term) for term in terms}
        kind = next((meant[term] for term in terms if meant[term] in SUPPORT_TYPES), "")
        self.losses.terms |= dict.fromkeys(term for term in terms if not kind or meant[term] != kind)
        return kind

    def _reached(self, of: str, record: Slots) -> None:
        """A service's email address and telephone are its organisation's, if that has none."""
        phone, email = phone_of(record), record.text("email")
        if of in self.organisations:
            self.organisations[of].add({"phone": phone, "email": email})
