"""To whom cases are sent: the receiver's form of E2B and its identifiers."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from e2b import Profile


@dataclass(frozen=True)
class Receiver:
    """The form of E2B, and the receiver's identifiers of batch (N.1.4) and message (N.2.r.3)."""

    profile: Profile
    batch: str
    message: str

    @classmethod
    def of(cls, profile: Profile, route: str = "", to: str = "") -> "Receiver":
        """By a route of the profile (its first by default), or by any identifier. Raises ValidationError."""
        if to:
            return cls(profile, to, to)
        if not profile.receivers:
            return cls(profile, profile.name, profile.name)
        chosen = route or next(iter(profile.receivers))
        if chosen not in profile.receivers:
            routes = ", ".join(profile.receivers)
            raise ValidationError(f"{profile.name} has no route {chosen!r}. Choose one of: {routes}.")
        batch, messages = profile.receivers[chosen]
        return cls(profile, batch, messages[0])
