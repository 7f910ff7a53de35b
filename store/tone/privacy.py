"""The English words about a person's health, family, origin or faith, as data.

They have the form that `store.tone.words` describes, and are looked for in what is said of people,
so that the site of a hospital or a divorce lawyer can be built and billed.
"""

from __future__ import annotations

from typing import Final

from store.tone.words import Sort, What

_NATIONS = (
    "american|arab|asian|african|british|chinese|dutch|english|french|german|greek|indian|irish"
    "|israeli|italian|japanese|mexican|nigerian|pakistani|polish|romanian|russian|scottish"
    "|spanish|swiss|turkish|ukrainian"
)
_FAITHS = "jewish|muslim|christian|catholic|hindu|gay|lesbian|trans|jew|foreigner"
_KIN = (
    "wife|husband|spouse|ex|ex-wife|ex-husband|girlfriend|boyfriend|son|daughter|kids?|children"
    "|child|mother|father|parents|brother|sister"
)
# Kin who take part in the work are people of the case, and are named for what they did.
_DOING = (
    "(?! (sent|wrote|writes|answered|asked|asks|called|rang|telephoned|paid|pays|accepted|approved"
    "|confirmed|signed|agreed|ordered|said|says|stands|took|takes|runs|keeps|handles|thanked"
    "|owns|began|founded|started|came|joined|booked|works|manages|is the|was the"
    "|would|could|can|will|may|helped|helps))"
)

PRIVACY: Final[dict[What, Sort]] = {
    "health": Sort(
        "a word on health",
        "Leave health out: say that they were away, and from which day to which.",
        """depressed alcoholic alcoholics bipolar schizophrenic autistic adhd hospitalised
        hospitalized pregnant pregnancy miscarriage chemotherapy covid dementia suicidal anorexic
        rehab burnout""",
        """ill
        sick (leave|note|in the head|for|at home|again|since|today|with|and)
        he/she/they/NAME/is/was/are/were/been/off/fell/got/called ((is|was|are|were|been|has been|in|off|out|so|very|really|still|often|badly|seriously|mentally) ){0,3}(sick|unwell)(?! (of|leave|note|pay|days?))
        he's/she's/they're ((so|very|really|still|often|badly|seriously|off|mentally) ){0,2}(sick|unwell|disabled)
        is/was/were/being/turned/came/called/rang/got/get ((probably|again|up|in|so|very|clearly|often|half) ){0,2}drunk
        he's/she's/they're ((probably|clearly|often|half) )?drunk
        anger (problems?|issues|management)
        needs (therapy|medication|(professional|psychiatric) help|a (therapist|doctor|psychiatrist))
        mental (health|illness|problems?|issues?|breakdown|state|case)
        mentally (ill|unstable|sick|unwell)
        nervous breakdown
        heart (attack|surgery|condition|problems?)
        burnt out
        burned out
        diagnosed (with|as)
        panic attacks?
        has/had/have/got/with (a |an |the )?(cancer|diabetes|flu|depression|anxiety|migraines?|tumou?r|surgery|drinking problem|drug problem|eating disorder)
        in (the )?(hospital|therapy|psychiatric care|intensive care)
        on (medication|antidepressants|drugs)
        his/her/their (illness|disease|sickness|surgery|operation|depression|anxiety|medication|therapy|therapist|doctor|psychiatrist|health|hospital stay|drinking|addiction|disability|diagnosis|cancer|treatment)""",  # noqa: E501
    ),
    "family": Sort(
        "a word on family",
        "Leave family out, unless that person took part: then say who and what was done.",
        "divorce divorced divorcing",
        f"""his/her ((late|ill|new|old|younger|older|elderly|own|poor) )?({_KIN}){_DOING}
        his/her/their (family|marriage|divorce|affair|love life)
        single (mother|father|mum|mom|dad|parent)
        family (problems?|troubles?|issues?|crisis|matters?|drama)
        marriage (problems?|troubles?|issues?|crisis)
        marital (problems?|status|troubles?|issues?)
        (love|extramarital) affair
        death in the family
        childless""",
    ),
    "origin": Sort(
        "a word on origin, faith or private life",
        "Leave it out: it has no bearing on what was agreed and done.",
        "immigrant immigrants foreigners homosexual gypsy gypsies infidel",
        f"""because/since/as (he|she|they) (is|are|was|were) (a |an |all )?({_NATIONS}|{_FAITHS})
        he/she/NAME (is|was) (black|white)(?! (and|on))
        he/she/NAME (is|was) (a |an )?({_FAITHS}|{_NATIONS})
        he's/she's (a |an |all )?({_FAITHS}|{_NATIONS})
        typical/typically (of )?(an? |the )?({_NATIONS}|{_FAITHS})s?
        those people
        women/men (can't|cannot|are (all|not|so|too|just))
        his/her/their (religion|faith|race|ethnicity|nationality|skin( colou?r)?|caste|sexuality|sexual orientation|political views)
        his/her (accent|politics|age|weight|looks|origins?)
        people (like (him|her|them|that)|from (there|that country))
        where (he|she|they) comes? from
        too (old|young|fat) (to|for)""",  # noqa: E501
    ),
}

PLAIN_PRIVACY: Final = f"""burnout (prevention|research|clinic|course|workshop)
    ill (at ease|effects?|will|advised|fated|defined)
    pregnancy (tests?|pillows?|clothes|wear|yoga|course|photos?|shoots?)
    i/we (was|am|were|fell|had been) ((so|very|still) )?(ill|sick)(?! of)
    divorce (lawyers?|mediators?|law|papers|courts?|guide)
    in the hospital (wing|shop|kitchen|brochure|website|site|logo|trade)
    his/her/their family (business|firm|shop|name|company|crest|farm|hotel|restaurant|photos?|album)
    by/from/to/with/and/for (his|her) ({_KIN})
    his/her looks? (good|fine|right)"""
"""Phrases that are plain although a word in them is listed: a product, a part played."""
