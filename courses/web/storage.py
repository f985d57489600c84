"""Static files under names that carry their digest, in the imports of our modules too."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class ModuleStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Rewrites `import ... from "./x.js"`: a page never mixes modules of two releases."""

    support_js_module_import_aggregation = True
