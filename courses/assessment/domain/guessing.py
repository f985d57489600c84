"""What answering at random is worth: nothing on balance."""

from fractions import Fraction


def corrected_for_guessing(*, right: int, wrong: int, parts: int, choices: int) -> float:
    """Return max(0, (right - wrong / (choices - 1)) / parts), a credit in [0, 1].

    Each of `parts` (at least 1) has `choices` (at least 2) to choose from; what was left out
    is neither right nor wrong. A blind guess is right once in `choices` times, so before the
    floor it earns (1 - (choices - 1) / (choices - 1)) / choices = 0 on balance. This is the
    correction for guessing of formula scoring (Thurstone 1919), an unbiased estimate of what
    is known if all the rest was guessed blindly (Lyerly 1951; Lord & Novick 1968).
    """
    balance = right - Fraction(wrong, choices - 1)
    return float(max(Fraction(0), balance / parts))


def right_minus_wrong(*, hits: int, keys: int, false: int, others: int) -> float:
    """Return max(0, hits / keys - false / others), a credit in [0, 1].

    `hits` of the `keys` (at least 1) that are right were chosen, and `false` of the `others`
    (at least 1) that are not. Right minus wrong, each as a share of its own kind: the J of
    Youden 1950. Choosing every one with the same chance p earns p - p = 0 on balance before
    the floor, so a random subset gains nothing, and all of them or none earn exactly 0.
    """
    return float(max(Fraction(0), Fraction(hits, keys) - Fraction(false, others)))
