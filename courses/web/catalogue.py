"""Sentences that scripts show, in the reader's language."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext


def review_catalogue() -> dict[str, str]:
    """Return what the script of the review page may have to say."""
    return {
        "check": _("Check"),
        "checking": _("Checking …"),
        "show": _("Show the answer"),
        "next": _("Next card"),
        "rate": _("How well did you know it?"),
        "again": _("Again"),
        "hard": _("Hard"),
        "good": _("Good"),
        "easy": _("Easy"),
        "right": _("Right"),
        "nearly": _("Nearly"),
        "wrong": _("Not right"),
        "awaiting": _("Your teacher marks this"),
        "rightAnswer": _("Right answer"),
        "yourAnswer": _("Your answer"),
        "yourAnswerRight": _("Your answer, right"),
        "theAnswer": _("The answer"),
        "theAnswers": _("The answers"),
        "youAnswered": _("You answered"),
        "inThisOrder": _("In this order"),
        "misplaced": _("Not where you put it"),
        "origin": _("Where this comes from"),
        "asOf": _("as of {date}"),
        "accordingTo": _("according to {whom}"),
        "chooseFirst": _("Choose an answer first."),
        "writeFirst": _("Write an answer first."),
        "comesBackToday": _("Comes back today, {time}."),
        "comesBackTomorrow": _("Comes back tomorrow, {time}."),
        "comesBackOn": _("Comes back {when}, on {day}."),
        "comingOne": _("One card comes back {when}."),
        "comingMany": _("{n} cards come back {when}."),
        "left": _("{n} left"),
        "done": _("{n} done"),
        "undone": _("Taken back. Here is the card again."),
        "nothingToUndo": _("There is nothing to take back."),
        "buried": _("This card comes back tomorrow."),
        "suspended": _("The card is set aside. “My progress” lists it."),
        "notShelved": _("The line is down. The card stays as it is; try again later."),
        "notUndone": _(
            "The line is down. What is stored already can be taken back once it is up again."
        ),
        "elsewhere": _("The card before this one was answered in another tab just now."),
        "offlineNone": _(
            "The line is down. Go on as far as there are cards: answers are kept on this device."
        ),
        "offline": _("The line is down. {n} answers are kept on this device until it is back."),
        "offlineOne": _("The line is down. One answer is kept on this device until it is back."),
        "brokenNone": _("The server is in trouble. Answers are kept on this device."),
        "broken": _(
            "The server is in trouble. {n} answers are kept on this device and sent again by "
            "themselves."
        ),
        "brokenOne": _(
            "The server is in trouble. One answer is kept on this device and sent again by itself."
        ),
        "sent": _("The line is back. Everything is sent."),
        "lineBack": _("The line is back."),
        "sentOne": _("One answer sent"),
        "sentMany": _("{n} answers sent"),
        "sentRight": _("{n} right"),
        "sentNearly": _("{n} nearly"),
        "sentWrong": _("{n} not right"),
        "sentRated": _("{n} rated by yourself"),
        "anAnswer": _("an answer given before"),
        "savedNotChecked": _("Kept on this device. You see whether it was right once it is sent."),
        "slow": _("The server takes long. Your answer is kept; wait for the verdict, or go on."),
        "fetching": _("Fetching the next card …"),
        "offlineEnd": _("No more cards are here while the line is down."),
        "refused": _("One answer could not be taken down: {why}"),
        "signedOut": _("You are signed out. Your answers are kept on this device."),
        "signIn": _("Sign in again"),
        "offlineTitle": _("The line is down"),
        "doneTitle": _("Done for now"),
        "pauseTitle": _("A short pause"),
        "doneText": _("The next cards come when they are about to fade."),
        "doneLater": _("The next card comes at {time}."),
        "statAnswered": pgettext("figure", "answered"),
        "statRight": pgettext("figure", "right or remembered"),
        "statMinute": pgettext("figure", "minute"),
        "statMinutes": pgettext("figure", "minutes"),
        "enterKey": pgettext("key", "Enter"),
        "spaceKey": pgettext("key", "Space"),
    }
