"""Shield: whether the account has subscribed to it. Protections are moto's."""

import json

from moto.shield.responses import ShieldResponse


def get_subscription_state(self):
    state = "ACTIVE" if self.shield_backend.subscription else "INACTIVE"
    return json.dumps({"SubscriptionState": state})


ShieldResponse.get_subscription_state = get_subscription_state
