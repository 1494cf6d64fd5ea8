"""What the libmicrohttpd on this machine does by itself; versions differ."""

import ctypes


def refuses_by_itself():
    """From 1.0 on it answers some malformed requests before a program sees them."""
    library = ctypes.CDLL("libmicrohttpd.so.12")
    library.MHD_get_version.restype = ctypes.c_char_p
    return int(library.MHD_get_version().split(b".")[0]) >= 1
