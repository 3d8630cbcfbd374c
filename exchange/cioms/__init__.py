"""CIOMS Form I: a case printed as PDF."""
