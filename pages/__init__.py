"""One file a page: widgets in, sentences and maps out. Files that begin with _ are shared between pages."""
