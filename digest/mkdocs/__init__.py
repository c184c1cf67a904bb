"""MkDocs: its settings, the plugin, the preview server, the content security policy."""
