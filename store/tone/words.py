"""The English words that weaken a record or a letter, as data: what each sort is and what helps.

A phrase is one line: its first word as literal choices `a/b/c`, the rest as a small regular
expression in which a blank is any white space. All is folded, so lower case; `NAME` stands for a
name the caller gave. Lists stay small on purpose: a word is here if it says nothing a date, a
count or a quotation would not say better (advice 5 and 87).
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
