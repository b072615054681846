"""The error for content files that cannot be used. Must not carry anything a visitor wrote."""


class BadContent(Exception):
    """A content file is missing, unreadable or breaks its own rules; the process must not start.

    ``file`` is the file name as an editor knows it, ``message`` one line that names the key and the remedy.
    """

    def __init__(self, file: str, message: str) -> None:
        super().__init__(f"{file}: {message}")
        self.file = file
        self.message = message
