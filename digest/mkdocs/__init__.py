"""Everything that knows MkDocs: its settings, its plugin, the preview, the policy of its pages."""
