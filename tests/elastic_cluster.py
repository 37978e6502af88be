"""Three nodes of a real Elasticsearch on this machine, to see what a monitor does when one of them dies."""

from __future__ import annotations

import shutil
from pathlib import Path

from index.engines.elastic_client import ElasticSettings
from tests.elastic_parts import Authority
from tests.elastic_server import Server, elastic_settings, make_folder
from tests.own_servers import MissingError, free_port

NAMES = ("one", "two", "three")
_OPTIONS = ("-Xms400m", "-Xmx400m", "-XX:TieredStopAtLevel=1")


class Cluster:
    """Starts at once, answers when all three have met, and is gone after `stop`."""

    def __init__(self) -> None:
        self._folder = make_folder()
        authority = Authority(self._folder)
        ports = {name: free_port() for name in NAMES}
        together = (
            f"discovery.seed_hosts: [{', '.join(f'127.0.0.1:{port}' for port in ports.values())}]",
            f"cluster.initial_master_nodes: [{', '.join(NAMES)}]",
            "node.processors: 1",
        )
        self.nodes = {
            name: Server(
                self._node_folder(name), free_port(), authority=authority, name=name, discovery=together,
                java_options=_OPTIONS, transport_port=ports[name],
            )
            for name in NAMES
        }  # fmt: skip
        self._authority = authority

    def start(self) -> None:
        """Begin to start it. MissingError where this machine lacks something."""
        self._authority.make()
        for node in self.nodes.values():
            node.start()

    def wait(self) -> None:
        """Until the three are one cluster."""
        for node in self.nodes.values():
            node.wait()
        for node in self.nodes.values():
            if node.ask(f"/_cluster/health?wait_for_nodes={len(NAMES)}&timeout=4s")["timed_out"]:
                raise MissingError(f"{node.url} did not meet the others")

    def stop(self) -> None:
        for node in self.nodes.values():
            node.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def settings(self, prefix: str) -> ElasticSettings:
        urls = tuple(node.url for node in self.nodes.values())
        return elastic_settings(urls, self._authority.ca_file, prefix)

    def _node_folder(self, name: str) -> Path:
        folder = self._folder / name
        folder.mkdir(mode=0o755)
        return folder
