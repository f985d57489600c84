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
        "finish": _("Finish"),
        "rate": _("How well did you know it?"),
        "again": _("Again"),
        "hard": _("Hard"),
        "good": _("Good"),
        "easy": _("Easy"),
        "right": _("Right"),
        "nearly": _("Nearly"),
        "wrong": _("Not right"),
        "rightAnswer": _("Right answer"),
        "yourAnswer": _("Your answer"),
        "yourAnswerRight": _("Your answer, right"),
        "theAnswer": _("The answer"),
        "inThisOrder": _("In this order"),
        "origin": _("Where this comes from"),
        "asOf": _("as of {date}"),
        "accordingTo": _("according to {whom}"),
        "numberHint": _("Write a number, for example 5.5."),
        "textHint": _("A few words. Small slips of spelling are forgiven."),
        "orderHint": _("Move the items with the buttons, or with Alt and the arrow keys."),
        "moveUp": _("Move up"),
        "moveDown": _("Move down"),
        "moved": _("{item}: now number {place} of {total}"),
        "chooseFirst": _("Choose an answer first."),
        "comesBackToday": _("Comes back today, {time}."),
        "comesBackOn": _("Comes back on {day}."),
        "left": _("{n} left"),
        "done": _("{n} done"),
        "undone": _("Taken back. Here is the card again."),
        "nothingToUndo": _("There is nothing to take back."),
        "offline": _(
            "The line is down. {n} answers are kept on this device and will be sent when it is back."
        ),
        "offlineOne": _(
            "The line is down. One answer is kept on this device and will be sent when it is back."
        ),
        "sent": _("The line is back. Everything is sent."),
        "savedNotChecked": _("Kept on this device. You see whether it was right once it is sent."),
        "offlineEnd": _("No more cards are here while the line is down."),
        "refused": _("One answer could not be taken down: {why}"),
        "signedOut": _("You are signed out. Sign in again: your answers are kept on this device."),
        "doneTitle": _("Done for now"),
        "doneText": _("The next cards come when they are about to fade."),
        "doneLater": _("The next card comes at {time}."),
        "statAnswered": _("answered"),
        "statRight": _("right or remembered"),
        "statMinutes": _("minutes"),
        "toStart": _("To the start page"),
        "moreCards": _("More cards"),
        "enterKey": pgettext("key", "Enter"),
        "spaceKey": pgettext("key", "Space"),
    }
