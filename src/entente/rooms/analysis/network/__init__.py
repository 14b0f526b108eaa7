"""The network of an analysis file, as its asker may see it: expansions, paths, measures."""
