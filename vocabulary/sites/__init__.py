"""Anatomy in words: regions and sides of lymph nodes, tissues of biopsies, areas of the skin."""

from vocabulary.sites.reading import (
    NodeSiteReading,
    SiteCount,
    TissueReading,
    biopsied_tissue,
    read_node_site,
    read_skin_area,
    read_tissue,
)

__all__ = [
    "NodeSiteReading",
    "SiteCount",
    "TissueReading",
    "biopsied_tissue",
    "read_node_site",
    "read_skin_area",
    "read_tissue",
]
