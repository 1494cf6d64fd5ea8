"""Over https: a computed file against nginx with the same bytes, and new connections."""

import socket
import ssl
import statistics
import subprocess
import time

from downloads import FILE, OPTIONS, download, file_of
from lab import (ACCESS_TOKEN, CLIENT_TOKEN, find, free_port, harness, heading, interleave, ratio,
                 run, skip, start, start_nginx, table)

CONNECTIONS = 100


def make_certificate(lab):
    """A certificate that vouches for itself, and its key."""
    certificate, key = lab.folder / "cert.pem", lab.folder / "key.pem"
    subprocess.run([find("openssl"), "req", "-x509", "-newkey", "ec", "-pkeyopt",
                    "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", "/CN=bench",
                    "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", str(key), "-out",
                    str(certificate)], check=True, stderr=subprocess.DEVNULL)
    return certificate, key


def curl(port, target, certificate, size_bytes):
    seconds = run("curl", "-sSf", "--cacert", str(certificate), "-o", "/dev/null", "-w",
                  "%{time_total}", "https://127.0.0.1:%d%s" % (port, target))
    return size_bytes, float(seconds)


def connect(port, context):
    """Makes new connections one after the other; gives ms for each, TCP's part included."""
    begin = time.perf_counter()
    for _ in range(CONNECTIONS):
        with socket.create_connection(("127.0.0.1", port), harness.WAIT_S) as sock:
            context.wrap_socket(sock, server_hostname="127.0.0.1").close()
    return (time.perf_counter() - begin) / CONNECTIONS * 1e3


def row_of(name, form, results, index):
    values = {who: [run[index] for run in runs] for who, runs in results.items()}
    return (name, form % statistics.median(values["ours"]), form % statistics.median(
        values["nginx"]), "%.2f" % ratio(values["ours"], values["nginx"]))


def compare(server, target, nginx, nginx_port, certificate, size_bytes):
    context = ssl.create_default_context(cafile=str(certificate))
    results = interleave({
        "ours": lambda: download(server.process, curl, server.port, target, certificate,
                                 size_bytes),
        "nginx": lambda: download(nginx.process, curl, nginx_port, "/" + FILE, certificate,
                                  size_bytes)})
    waits = interleave({"ours": lambda: connect(server.port, context),
                        "nginx": lambda: connect(nginx_port, context)})
    rows = [row_of("curl, one stream", "%.2f GB/s", results, 0),
            row_of("the server's processor time, a GB", "%.0f ms", results, 1),
            row_of("a new connection with its handshake, client in Python", "%.2f ms",
                   {who: [(wait_ms,) for wait_ms in of] for who, of in waits.items()}, 0)]
    table(("What", "ours", "nginx", "ratio"), rows)


def measure(lab):
    heading("TLS: the same file over https, against nginx")
    if not lab.has("nginx", "curl", "openssl"):
        skip("the comparison", "nginx", "curl", "openssl")
        return
    folder = file_of(lab)
    certificate, key = make_certificate(lab)
    server = start(*OPTIONS, "--tls-cert", str(certificate), "--tls-key", str(key), tls=True)
    nginx, nginx_port = None, free_port()
    try:
        export = harness.Tenant(server, CLIENT_TOKEN, ACCESS_TOKEN).finished("OrderItem")
        nginx = start_nginx(lab, folder, "/" + FILE,
                            "listen 127.0.0.1:%d ssl; ssl_certificate %s; ssl_certificate_key %s; "
                            "ssl_protocols TLSv1.2 TLSv1.3;" % (nginx_port, certificate, key))
        compare(server, server.target(export["Files"][0]["Url"]), nginx, nginx_port, certificate,
                (folder / FILE).stat().st_size)
    finally:
        server.stop()
        if nginx:
            nginx.stop()
