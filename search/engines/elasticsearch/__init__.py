"""The engine on a cluster: stock Elasticsearch 8, to which the terms go ready-made. See search/README.md.

Only what `search.current` asks for is imported from here, and only where a cluster is named: the client weighs 10 MB.
"""
