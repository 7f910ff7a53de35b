"""The English words that claim more than was seen, as data: absolutes, motives, threats, rumours.

They have the form that `store.tone.words` describes.
"""

from __future__ import annotations

from typing import Final

from store.tone.words import Sort, What

_THEM = "(you|him|her|them)"
_HARM = (
    f"(sue(?! (for|in))|blacklist|(get|hunt|finish|bury|crush|hurt|shame) {_THEM}"
    "|(ruin|destroy|expose) (you|him|her|them|your|his|their|this|everything)"
    "|tell (everyone|(all )?(your|his|her|their))|go (public|to the press)"
    "|make sure (everyone|nobody|no one|you)"
    f"|make ({_THEM} (pay|regret|sorry)|(your|his|her|their) life))"
)

CLAIMING: Final[dict[What, Sort]] = {
    "absolute": Sort(
        "an absolute",
        "Say how often, and from which day to which.",
        """always never constantly endlessly endless nonstop forever invariably
        perpetually countless incessantly umpteenth""",
        """all the time
        every single (time|day|week|month|mail|email|call|meeting|invoice|one)
        every time
        each and every
        no one (ever|else|at all)
        no-one ever
        nobody (ever|else|at all)
        nothing (ever|at all)
        non-stop
        without exception
        not once
        not a single
        nothing but
        as usual
        no matter what
        all (he|she|they) (does|do|did) is
        day and night
        for ages
        time and (time )?again
        again and again
        over and over
        day in,? day out
        a/hundreds/thousands/millions (hundred|thousand|million|of) times
        neverending
        never-ending""",
    ),
    "motive": Sort(
        "a guess at motive",
        "Say what was done or said; leave out what was meant by it.",
        """deliberately intentionally maliciously spitefully obviously purposely knowingly
        wilfully willfully""",
        """on purpose
        out of (spite|malice|greed|jealousy|revenge|anger|pure)
        in bad faith
        because/since (he|she|they|NAME|the client) (just |only |simply |clearly |secretly )?((wants?|wanted) (to|me|us|everything|free|revenge)|hopes?|hoped|thinks?|thought|hates?|hated|enjoys?|needs to feel|cannot stand|can't stand|felt like|feels? like)
        just/only/simply/clearly/really/secretly (wants?|wanted|hopes?|hoping) (me|us|free|everything|a free|revenge|attention|to (get|avoid|punish|hurt|annoy|waste|use|control|save|squeeze|see me|make me|have it all|win|pay (less|nothing)))
        just/only to (mess|annoy|spite|punish|provoke|waste|hurt|humiliate|save|avoid)
        only/just (hired|picked|chose|kept|asked|called) (me|us) (because|to)
        so (that )?(he|she|they|NAME) (do not|does not|did not|don't|doesn't|didn't|won't) have to
        moving/moves/moved the goalposts
        makes/making/invents/inventing/invented (up )?(problems|reasons|faults|stories|rules)
        looking/looks/looked for (an excuse|excuses|a fight|trouble|reasons not|faults)
        power/mind/head (trips?|games?)
        enjoys/loves (making|to (see|make|watch|torment)|watching|tormenting)
        be bothered
        give/gives a (damn|shit|toss|hoot)
        get/gets/getting back at
        conveniently (forgot|forgets|forgotten|lost|ill|away|busy)
        clearly/probably/apparently/secretly/presumably (trying|hoping|planning|hiding|stalling|lying|broke|jealous|wants?|does not want|doesn't want|thinks?|playing|using|meant to)
        just/simply/only (hoping|hiding|stalling|lying|playing|using (me|us|this|it as))
        trying/tries/tried/hoping/hopes/wants/wanted to (get out of|avoid|dodge|cheat|trick|scam|squeeze|punish|intimidate|ruin|hurt|harm|destroy|humiliate|bully|exploit|provoke|wear me|use me|take advantage|get (it|this|the work|work|everything|me) for (free|nothing)|get away with|make me (look|feel))
        to/order (avoid|dodge|escape|get out of|weasel out of) (paying|payment|the (bill|invoice)|having to pay)
        does/do/did not care
        doesn't/don't/didn't care
        couldn't care less
        could not care less
        pretends/pretended/pretending (to|that|not|he|she|they)
        playing/plays/play/played (games|dumb|me|the victim|for time)
        thinks/think/thought (he|she|they) (can|could|owns?|is|are) (get|do|treat|just|always|me|above|better|walk)
        thinks/think/thought (i am|i'm|we are|we're) (stupid|an? |his|her|their|free|cheap|desperate)
        no intention
        never intended
        using/uses/used me
        taking/takes/took/take advantage
        knows/knew (full|perfectly|very|damn|exactly) (well|what)
        must/would have known
        must be (trying|hiding|lying|broke|hoping|jealous)
        hidden agenda
        stringing/strung me along
        stringing/strung us along
        stalling/stalls
        making/makes/made (up )?excuses
        ignored/ignores/ignoring (me|us|my|all|every|our|calls?|mails?|e-?mails?|messages?|the (mail|e-?mail|invoice|reminder|notice|message|question)s?)
        for no reason(?! given)
        gets off on""",  # noqa: E501
    ),
    "threat": Sort(
        "a threat",
        "Name the next step and its day, and only a step that will be taken.",
        "",
        f"""or else(?=\\s*([.!?,;]|$))
        i/we (will|shall|am going to|are going to|can|could|would) {_HARM}
        i'll/we'll/i'd/we'd {_HARM}
        i'm/we're going to {_HARM}
        you/he/she/they (will|are going to|is going to) (regret|be sorry|pay for (this|it|that)|never work)
        you'll/he'll/she'll/they'll (regret|be sorry|pay for (this|it|that)|never work)
        watch your (back|step)
        name and shame
        teach (you|him|her|them) a lesson
        ruin/destroy your (name|reputation|business|life)
        know where (you|he|she|they) lives?
        everyone/everybody will (know|hear|learn|find out)
        last chance before i
        post about (you|him|her|them|this|it)
        post (this|it) everywhere
        leave/write/give (you|him|her|them) (a )?(bad|one-star|terrible) reviews?
        have been warned
        mark my words
        don't make me
        this isn't over""",  # noqa: E501
    ),
    "feeling": Sort(
        "a feeling",
        "Leave it out, or keep it in a check-in; say what happened and what it cost.",
        "",
        """i/we (am|was|feel|felt|are|were|have been) ((so|very|really|quite|just|completely|totally|absolutely|beyond|still|too|deeply|extremely) ){0,2}(angry|furious|livid|hurt|disgusted|sick of|fed up|tired of|devastated|heartbroken|scared|afraid|stressed|exhausted|humiliated|betrayed|insulted|offended|used|ashamed|desperate|shocked|upset|frustrated|annoyed|worried sick|disappointed|outraged)
        i'm/we're ((so|very|really|quite|just|completely|totally|absolutely|beyond|still|too|deeply|extremely) ){0,2}(angry|furious|livid|hurt|disgusted|sick of|fed up|tired of|devastated|heartbroken|scared|afraid|stressed|exhausted|humiliated|betrayed|insulted|offended|ashamed|desperate|shocked|upset|frustrated|annoyed|disappointed|outraged)
        i/we ((really|just|absolutely|so) )?(hate|despise|loathe|dread|cannot stand|can't stand)
        fed up
        sick (and tired )?of (him|her|them|this|it|the|being|these|his|your)
        had enough
        had it with
        take (it|this|him|her|them) (any more|anymore)
        treats/treated/treat (me|us|everyone|people) (like|as (a|an|if|though))
        take/takes/took (me|us) for a (fool|ride|idiot)
        i/we (am|are|was) (so )?done with
        i'm/we're (so )?done with
        can't/cannot (believe (this|he|she|they|it)|stand (him|her|them|it|this))
        in tears
        pisses/pissed (me )?off
        drives/driving/drove me (mad|nuts|up)
        on my nerves
        makes/made/making me (so )?(sick|angry|cry|mad|furious|feel)
        makes/made my blood boil
        how dare
        shame on (you|him|her|them)
        to/in my (horror|disgust|despair)""",  # noqa: E501
    ),
    "rumour": Sort(
        "a rumour",
        "Say who told you and when, or leave it out.",
        "rumour rumours rumor rumors supposedly",
        """everyone/everybody (knows?|says)
        everyone/everybody in (town|the (trade|business|industry|office|area)) knows
        people (say|tell me|are saying|keep saying)
        i/we (have )?(hear|heard) (that|he|she|they|from (somebody|someone|others|people))
        word is
        word on the street
        known (for|to) (not paying|never paying|cheat|cheating|lie|lying|being)
        he/she/they/NAME probably (does|did|do|has|have)""",
    ),
}

REPORTED: Final = (
    r"(?<!\w)(?:wrote|writes|written|said|says|answered|replied|claimed|claims|stated|promised"
    r"|threatened|complained|complains|insisted|explained|told\s++(?:me|us))\s++(?:that|he|she|they)(?!\w)"
)
"""What somebody said, told without quotation marks: an absolute in it is theirs."""

PLAIN: Final = """not/nor/almost/nearly/hardly/than/as/isn't/wasn't/doesn't/don't/didn't (always|constantly)
    almost/nearly/hardly never
    always/constantly (due|payable|billed|invoiced|owed)
    must/shall/should/may (always|never)
    never (mind|to be)
    every/each time (slot|zone|sheet|entry|frame|stamp|span|unit|box|table|line)
    all the time (spent|needed|booked|recorded|logged|left)
    endless (scroll|scrolling|loops?|runway|pool|paper|belt)
    deliberately (simple|plain|minimal|small|short|sparse|left|kept|quiet|muted|empty)
    intentionally (left )?(blank|empty|open|simple|plain)
    toxic (waste|substances?|materials?|paints?|fumes|chemicals?|plants?|gas|dyes?|glue)
    lazy (loading|loaded|load|evaluation|sunday|susan|river)
    crazy (golf|paving|quilts?)
    jerk (chicken|pork|seasoning|sauce|spices?)
    dumb (bells?|waiters?|terminals?|pipes?)
    bully (beef|pulpit)
    a/this fraud (prevention|detection|alerts?|checks?|case|warning|team|department|filters?|report)"""  # noqa: E501
"""Phrases that are plain although a word in them is listed: a term, a product, a part played."""
