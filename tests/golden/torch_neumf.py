"""GMF, MLP and NeuMF as a PyTorch user writes them, trained in double precision on batches that are given.

Reads JSON from standard input: settings (model, activation, embeddings, lr), tensors by the names of a weights file, and
batches. Writes JSON: the loss of each batch before its step, and the weights after the last.
"""

import json
import math
import sys

import torch
from torch import nn
from torch.nn import functional

ACTIVATIONS = {"relu": torch.relu, "tanh": torch.tanh, "sigmoid": torch.sigmoid, "identity": lambda x: x}


class Tables(nn.Module):
    def __init__(self, tensors, part):
        super().__init__()
        for side in ("user", "item"):
            rows, columns = tensors[f"{part}.{side}_embedding.weight"]["shape"]
            setattr(self, f"{side}_embedding", nn.Embedding(rows, columns))

    def forward(self, users, items):
        return self.user_embedding(users), self.item_embedding(items)


class Model(nn.Module):
    def __init__(self, settings, tensors):
        super().__init__()
        self.activation = ACTIVATIONS[settings["activation"]]
        self.shared = settings["model"] == "neumf" and settings["embeddings"] == "shared"
        if settings["model"] != "mlp":
            self.gmf = Tables(tensors, "gmf")
        if settings["model"] != "gmf":
            self.mlp = nn.Module() if self.shared else Tables(tensors, "mlp")
            depth = sum(name.startswith("mlp.layers.") and name.endswith(".weight") for name in tensors)
            shapes = [tensors[f"mlp.layers.{n}.weight"]["shape"] for n in range(depth)]
            self.mlp.layers = nn.ModuleList(nn.Linear(fan_in, fan_out) for fan_out, fan_in in shapes)
        self.output = nn.Linear(tensors["output.weight"]["shape"][1], 1)

    def forward(self, users, items):
        parts = []
        if hasattr(self, "gmf"):
            user, item = self.gmf(users, items)
            product = user * item
            if not self.shared:
                parts.append(product)
        if hasattr(self, "mlp"):
            x = torch.cat([user, item] if self.shared else self.mlp(users, items), dim=1)
            for n, layer in enumerate(self.mlp.layers):
                x = layer(x)
                if self.shared and n == len(self.mlp.layers) - 1:
                    x = x + product
                x = self.activation(x)
            parts.append(x)
        return self.output(torch.cat(parts, dim=1)).squeeze(1)


def main():
    torch.set_num_threads(1)
    torch.set_default_dtype(torch.float64)
    given = json.load(sys.stdin)
    model = Model(given["settings"], given["tensors"])
    model.load_state_dict(
        {name: torch.tensor(each["values"]).reshape(each["shape"]) for name, each in given["tensors"].items()}
    )
    optimizer = torch.optim.Adam(model.parameters(), lr=given["settings"]["lr"])
    losses = []
    for step, batch in enumerate(given["batches"], start=1):
        # PyTorch adds epsilon to the bias-corrected root, Keras to the root itself: the same where epsilon is so scaled.
        optimizer.param_groups[0]["eps"] = 1e-8 / math.sqrt(1 - 0.999**step)
        optimizer.zero_grad()
        logits = model(torch.tensor(batch["users"]), torch.tensor(batch["items"]))
        labels = torch.tensor(batch["labels"], dtype=torch.float64)
        loss = functional.binary_cross_entropy_with_logits(logits, labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
    values = {name: tensor.flatten().tolist() for name, tensor in model.state_dict().items()}
    json.dump({"losses": losses, "values": values}, sys.stdout)


main()
