"""Why a level, a checklist or an admission came out so: fixed sentences, with the facts beside them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


def N_(text: str) -> str:
    """Marks a sentence for the translators; the page says it in the reader's language."""
    return text


SENTENCES: Mapping[str, str] = MappingProxyType(
    {
        # the ladder
        "no-evidence": N_("No evidence is given."),
        "suspected-false": N_("Evidence %(evidence)s is graded as suspected false: it supports nothing."),
        "claim-suspected-false": N_("The claim itself is graded as suspected false: nothing lifts it."),
        "alleged": N_("Evidence %(evidence)s alleges it; no proceeding is cited."),
        "never-lifts": N_("Evidence %(evidence)s is of a sort that never lifts a claim (%(kind)s)."),
        "no-proceeding": N_("Evidence %(evidence)s names proceeding %(proceeding)s, which is not there."),
        "proceeding-ahead": N_("Proceeding %(proceeding)s has no date, or one to come: nothing rests on it."),
        "under-investigation": N_("Proceeding %(proceeding)s is an investigation: nobody is charged."),
        "charged": N_("Charged in proceeding %(proceeding)s; no judgment is cited."),
        "judged-since": N_("Proceeding %(proceeding)s has been judged since: cite the judgment."),
        "not-decided": N_("Proceeding %(proceeding)s has no verdict on it yet."),
        "mixed": N_(
            "Proceeding %(proceeding)s convicts on one charge and clears on another: "
            "say which charge the claim rests on."
        ),
        "acquitted": N_("Proceeding %(proceeding)s acquitted or dismissed the charge."),
        "overturned": N_("The judgment of proceeding %(proceeding)s was overturned by proceeding %(by)s."),
        "cleared-later": N_("Proceeding %(by)s cleared what proceeding %(proceeding)s had convicted."),
        "convicted-again": N_(
            "Proceeding %(by)s convicted again, but the claim rests on the judgment of proceeding "
            "%(proceeding)s, which was overturned: cite the new one."
        ),
        "reopened": N_(
            "Proceeding %(by)s set aside what was decided on the judgment of proceeding %(proceeding)s: "
            "it is open again."
        ),
        "reinstated": N_("Proceeding %(by)s reinstated the judgment of proceeding %(proceeding)s."),
        "upheld": N_("Proceeding %(by)s left the judgment of proceeding %(proceeding)s as it was."),
        "broken-chain": N_(
            "What proceeding %(proceeding)s says of other proceedings cannot be followed: "
            "nothing in this chain is final."
        ),
        "appeal-open": N_("An appeal against proceeding %(proceeding)s, filed on %(filed)s, is not decided."),
        "appeal-heard": N_("Proceeding %(by)s is not decided."),
        "time-runs": N_("An appeal against proceeding %(proceeding)s can be filed until %(deadline)s."),
        "not-confirmed": N_(
            "The time to appeal against proceeding %(proceeding)s passed on %(deadline)s; "
            "nobody has confirmed that it is final."
        ),
        "no-finality": N_("Nobody has confirmed that proceeding %(proceeding)s is final."),
        "finality-ahead": N_("Proceeding %(proceeding)s is not final before %(final)s."),
        "finality-before": N_(
            "Proceeding %(proceeding)s is said to be final on %(final)s, before it was decided."
        ),
        "finality-early": N_(
            "Proceeding %(proceeding)s is said to be final on %(final)s, but an appeal could be filed until "
            "%(deadline)s."
        ),
        "finality-unexplained": N_(
            "Proceeding %(proceeding)s is said to be final, and neither until when one could appeal nor why "
            "no appeal is possible."
        ),
        "never-tried": N_(
            "No court has spoken of %(name)s in what is cited: a person is proven by an outcome of his own."
        ),
        "in-absentia": N_("Proceeding %(proceeding)s convicted in absentia: it is not counted as final."),
        "military": N_("Proceeding %(proceeding)s was before a military court."),
        "no-pinpoint": N_("Evidence %(evidence)s has no pinpoint: no paragraph or page is named."),
        "outside-the-document": N_("The pinpoint of evidence %(evidence)s lies outside its document."),
        "no-file": N_("Evidence %(evidence)s has no stored file with a SHA-256 digest."),
        "hash-alone": N_(
            "Evidence %(evidence)s is cited by a SHA-256 alone: attach the file, so that the house keeps it."
        ),
        "no-text": N_("The file of evidence %(evidence)s is a picture without text: a person must read it."),
        "convicted": N_("Proceeding %(proceeding)s convicted."),
        "final": N_("Proceeding %(proceeding)s is final since %(final)s; %(who)s confirmed it."),
        "plea": N_("Proceeding %(proceeding)s rests on facts that the defendant agreed to."),
        "finding": N_("Proceeding %(proceeding)s is an administrative or civil finding, no conviction."),
        "settled": N_("Proceeding %(proceeding)s ended in a settlement, no conviction."),
        "cleared-elsewhere": N_("Proceeding %(proceeding)s, which is cited too, cleared it."),
        # the checklist
        "item-no-evidence": N_("It is ticked as met, but names no evidence: unknown."),
        "item-no-who": N_("Nobody is named who answers for it: unknown."),
        "item-suspected-false": N_("Its evidence is graded as suspected false: unknown."),
        "item-not-final": N_("It is met, but not by a finding in a final judgment with a pinpoint."),
        "item-proven": N_("Met by a finding in a final judgment: evidence %(evidence)s."),
        "few-persons": N_(
            "%(persons)s persons are convicted and the judgment is not said to find further members: "
            "not three or more."
        ),
        "persons-cleared": N_(
            "Of those whom the judgment convicted, %(persons)s were cleared since: they count no more."
        ),
        "below-four-years": N_(
            "The highest maximum penalty of what was convicted is %(months)s months, under 48: no serious "
            "crime as the Convention has it."
        ),
        "no-maximum": N_("No maximum penalty is stated for what was convicted: unknown."),
        "convention-offence": N_("An offence that the Convention itself establishes was convicted."),
        "item-open": N_("Nothing is said of it: unknown is not met."),
        # admission
        "no-claim": N_("The case states no link."),
        "no-final-claim": N_("No link of the case is proven by a final judgment."),
        "not-criminal": N_("The judgment is final, but not to the criminal standard of proof."),
        "rejected-claim": N_("The reviewer rejected this claim: it proves nothing."),
        "group-unproven": N_("The goods crime is proven, the organised group is not: %(items)s."),
        "no-review": N_("No bureau of another country has reviewed the case."),
        "review-not-accepted": N_("The review by %(bureau)s has not accepted the case."),
        "review-same-bureau": N_("The review by %(bureau)s counts for nothing: it is the author's own."),
        "review-same-country": N_(
            "The review by %(bureau)s counts for nothing: it is of the author's country, %(country)s."
        ),
        "review-private": N_("The review by %(bureau)s counts for nothing: a company never reviews."),
        "objection-open": N_("An objection by %(bureau)s is open."),
        "contradiction": N_(
            "Claims %(first)s and %(second)s contradict each other, and no text resolves it."
        ),
        "published-suspected-false": N_("The claim rests on evidence graded as suspected false."),
    }
)
"""Code -> sentence; every `%(name)s` stands among the facts of each reason with that code."""


@dataclass(frozen=True, slots=True)
class Because:
    """One reason: a code of SENTENCES and its facts, all of them texts."""

    code: str
    facts: Mapping[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        """The sentence in English; a page translates `SENTENCES[code]` and fills in `facts`."""
        return SENTENCES[self.code] % self.facts
