"""Operations of migrations that keep a site answering while they run."""

from typing import Any

from django.contrib.postgres.operations import AddIndexConcurrently
from django.db.migrations.operations import AddIndex


class AddIndexInPassing(AddIndexConcurrently):
    """Adds an index without locking out writers where the database can (PostgreSQL).

    The migration must say `atomic = False`. SQLite has one writer and no such thing: there
    it is a plain AddIndex.
    """

    def database_forwards(self, app_label: str, editor: Any, old: Any, new: Any) -> None:
        if editor.connection.vendor == "postgresql":
            super().database_forwards(app_label, editor, old, new)
        else:
            AddIndex.database_forwards(self, app_label, editor, old, new)

    def database_backwards(self, app_label: str, editor: Any, old: Any, new: Any) -> None:
        if editor.connection.vendor == "postgresql":
            super().database_backwards(app_label, editor, old, new)
        else:
            AddIndex.database_backwards(self, app_label, editor, old, new)
