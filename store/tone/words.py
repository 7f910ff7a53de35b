"""The English words that weaken a record or a letter, as data: what each sort is and what helps.

A phrase is one line: its first word as literal choices `a/b/c`, the rest as a small regular
expression in which a blank is any white space. All is folded, so lower case; `NAME` stands for a
name the caller gave. Lists stay small on purpose: a word is here if it says nothing a date, a
count or a quotation would not say better (advice 5 and 87).

First what judges, then what claims more than was seen, then what is private: health, family, origin
or faith. The last is looked for in what is said of people, so that the site of a hospital or a
divorce lawyer can be built and billed.
"""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, get_args

What = Literal[
    "label",
    "insult",
    "accusation",
    "absolute",
    "motive",
    "threat",
    "feeling",
    "rumour",
    "health",
    "family",
    "origin",
    "shouting",
]
WHATS: tuple[What, ...] = get_args(What)


class Sort(NamedTuple):
    """One sort of wording: its noun with article, what to write instead, and what shows it."""

    noun: str
    why: str
    words: str = ""
    phrases: str = ""


_VERY = (
    "((a|an|the|one|so|such|just|very|really|quite|totally|completely|absolutely|complete|total"
    "|utter|utterly|real|pure|being|simply|always|rather|too) ){0,4}"
)


def _people(said: str) -> str:
    """Return phrases that say `said` of a person, so that a useless file is not a useless man."""
    who = "he/she/they/who/client/customer/owner/boss/manager/director/editor/you/NAME"
    short = "he's/she's/they're/who's/you're"
    are = "(is|are|was|were|seems?|has been|have been)"
    return f"{who} {are} {_VERY}({said})\n{short} {_VERY}({said})\n"


JUDGING: Final[dict[What, Sort]] = {
    "label": Sort(
        "a label",
        "Say what was done or said, and on which day; let the reader judge.",
        """narcissist narcissists narcissistic psychopath psychopaths psychopathic sociopath
        sociopaths toxic bully bullies bullying abuser abusers abusive manipulative manipulator
        manipulators gaslight gaslights gaslighting gaslighted gaslit stalker hypocrite hypocrites
        hypocritical cheapskate cheapskates freeloader freeloaders deadbeat deadbeats racist sexist
        misogynist bigot bigots micromanager micromanagers dishonest unprofessional incompetent
        untrustworthy arrogant greedy stingy lazy rude disrespectful irresponsible childish
        vindictive selfish unhinged uncooperative uncommunicative paranoid ridiculous outrageous
        disgraceful shameful appalling despicable absurd
        nonsense nightmare unreasonable obnoxious condescending patronising patronizing ungrateful
        coward cowards cowardly spineless immature insolent pompous smug sneaky shady devious
        shameless shamelessly ruthless heartless malicious hateful egomaniac megalomaniac insulting
        unbearable insufferable inexcusable unforgivable atrocious abysmal incompetence stupidity
        arrogance rudeness greed laziness dishonesty hypocrisy malice tantrum tantrums hysterical
        whining pathological manipulated manipulates manipulating unscrupulous laughable
        scandalous horrendous""",
        _people(
            "difficult|impossible|unreliable|useless|hopeless|mean|cruel|cheap|evil|hostile|nasty"
            "|horrible|terrible|awful|disgusting|joke|disgrace|pain|diva|tyrant|mess|monster|dictator|unbelievable|jealous|broke|bitter|petty"
            "|spoiled|spoilt|entitled(?! to)|disorganised|disorganized|moody|aggressive|weak|weird"
        )
        + """difficult/horrible/terrible/awful/nasty/bad/worst/dreadful (client|customer|person|people|man|woman)
        client/customer/boss from hell
        control/controlling (freaks?|person)
        drama (queens?)
        a/such/another/total/worst nightmare (of a )?(client|customer|project)
        lame/poor/silly/pathetic/old/usual excuses?
        zero/no respect
        lack of (professionalism|respect|decency|manners|honesty|integrity)
        what a (joke|mess|disgrace|circus|farce|cheek|shambles)
        waste of (space|time|oxygen|air|my time)
        no idea what (he|she|they) (is|are|was|were|wants?)
        no (manners|decency|shame|conscience|morals|class)
        mood swings
        you/these/such people
        this lot
        two-faced
        bunch of (clowns|amateurs|children|kids|jokers|losers|people)
        acts/acted/acting/behaves/behaved/behaving like
        beyond (belief|a joke)""",  # noqa: E501
    ),
    "insult": Sort(
        "an insult",
        "Leave it out, or quote the exact words if somebody else said them.",
        """idiot idiots idiotic moron morons moronic imbecile imbeciles cretin cretins stupid
        stupidly stupidity dumb dumbass asshole assholes arsehole arseholes jackass bastard bastards
        bitch bitches bitchy cunt cunts dickhead dickheads twat twats wanker wankers scum scumbag
        scumbags sleazebag sleazy douchebag douchebags douche shit shitty shithead bullshit crap
        crappy fuck fucks fucked fucking fucker motherfucker pathetic loser losers lunatic lunatics
        maniac maniacs psycho psychos nutcase nutcases crazy insane retarded brainless clueless
        jerk jerks pig-headed braindead weirdo weirdos creepy foolish brat brats""",
        _people("mad|nuts|pig|rat|snake|clown|fool|fools|ass|dick|prick|creep|vile|a cow|trash")
        + """a/old/complete/utter/such fools?
        piece of (shit|work|garbage|trash|crap)
        screw/damn (you|him|her|them|it|this client)
        go to hell""",
    ),
    "accusation": Sort(
        "an accusation",
        "Say what was said and what the papers show, with the entries that prove each.",
        """scammer scammers liar liars thief thieves crook crooks fraudster fraudsters swindler
        swindlers swindle swindled conman conmen extortion extortionist extorted extorting defrauded
        defrauding scammed scamming blackmailed blackmailing conned""",
        _people("cheats?|fraud|scam|crooked|criminals?|lying|stealing|cheating|blackmail")
        + """con (man|men|artists?)
        scam artists?
        a/total/complete/pure/this (scam|fraud(?! (alert|check|case|warning|team|department)))
        he/she/they/client/NAME ((just|simply|always|never|clearly|has|have) )?(lied|cheated|robbed)
        lied/lies (to|about) (me|us|my|it|this|the|his|her|their|when|what)
        lying (again|to|about (the|his|her|their|it|this|what))(?! (one|two|three|the (north|south|east|west)))
        another/one (lie|lies)
        full/pack/web of lies
        lie/lies (from|about) (him|her|them|the|it)
        it/this/that (is|was) ((pure|sheer|plain) )?(blackmail|theft|fraud|robbery|a lie|lies)
        screwed (me|us) over
        exploits/exploited/exploiting (me|us|my|people|freelancers)
        told/tells/tell/telling (me |us |everyone )?((nothing but|only|more|so many) )?lies
        stole/steals/stealing/stolen (my|our|me|from (me|us)|money|the money|hours|work|ideas?|content)
        robbed/robbing/cheated/cheating (me|us|you|my|our|the freelancer)
        ripped/rips/ripping (me|us|people|everyone) off
        ripped/ripping off
        daylight/highway robbery""",  # noqa: E501
    ),
    "shouting": Sort(
        "shouting",
        "Write it in small letters, and with one mark at the end.",
    ),
}


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
    # A note leaves out who said it: "Say the page was never ordered".
    r"|(?:\A|(?<=[.!?;\n])|(?<=[.!?;]\s))(?:say|says|said|claims?|claimed)(?!\w)"
)
"""What somebody said, told without quotation marks: an absolute in it is theirs."""

PLAIN_CLAIMS: Final = """not/nor/almost/nearly/hardly/than/as/isn't/wasn't/doesn't/don't/didn't (always|constantly)
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
