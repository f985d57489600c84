"""The supervisor process: `python -m quizsite.serve <descriptor>`, started by `manage.py serve`.

The command prepares with all of Django and then becomes this small process, handing the
plan over by an open descriptor: what it says about signing in appears in no process list.
"""

import os
import sys

from quizsite.serve.plan import Plan
from quizsite.serve.supervisor import Supervisor


def main(descriptor: int) -> int:
    with os.fdopen(descriptor, encoding="utf-8") as handed_over:
        plan = Plan.from_json(handed_over.read())
    for inherited in plan.inherited:
        os.set_inheritable(inherited, False)  # the lock is this process's, not its children's
    return Supervisor(plan).run()


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
