"""What assessment tells the contexts above it, always inside the transaction that writes."""

from django.dispatch import Signal

# sender=Response; response=Response, version=QuestionVersion, mark=domain.marks.Mark,
# place="lesson" | "quiz", now=datetime. Sent once for each response, never for a replay.
response_recorded = Signal()

# sender=Attempt; attempt=Attempt, now=datetime. Sent once, by the submission that counts.
attempt_submitted = Signal()

# sender=Question; question=Question, version=QuestionVersion (the new one),
# change="answer" | "cosmetic", now=datetime. Not sent for a question's first version.
question_changed = Signal()

# sender=Question; question_ids=frozenset of what a quiz reserves from now on, be it one more.
questions_reserved = Signal()

# sender=Response; response=Response, version=QuestionVersion, mark=domain.marks.Mark,
# now=datetime. A person has marked an answer that waited for it, or marked it again.
response_marked = Signal()
