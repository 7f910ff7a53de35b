"""`python -m tests.store.tone`: the false alarms on a thousand ordinary sentences a language."""

from tests.store.tone.listed import listed_codes
from tests.store.tone.ordinary import MANY, false_alarms, ordinary, shapes

for code in listed_codes():
    alarms = false_alarms(code, ordinary(code))
    print(f"{code}  {len(alarms)} of {MANY:,}, in {len(shapes(code))} shapes")
    for said, words in alarms:
        print(f"    “{words}”  {said}")
