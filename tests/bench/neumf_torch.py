"""NeuMF as a PyTorch user writes it, for `ncf bench`: prints the samples a second of training on one thread.

python3 neumf_torch.py FACTORS SECONDS
"""

import sys
import time

import torch
from torch import nn

USERS, ITEMS, BATCH = 6040, 3706, 256


class NeuMF(nn.Module):
    def __init__(self, factors):
        super().__init__()
        width = 4 * factors
        self.gmf_user = nn.Embedding(USERS, factors)
        self.gmf_item = nn.Embedding(ITEMS, factors)
        self.mlp_user = nn.Embedding(USERS, width)
        self.mlp_item = nn.Embedding(ITEMS, width)
        widths = [8 * factors, 4 * factors, 2 * factors, factors]
        layers = []
        for fan_in, fan_out in zip(widths, widths[1:]):
            layers += [nn.Linear(fan_in, fan_out), nn.ReLU()]
        self.tower = nn.Sequential(*layers)
        self.output = nn.Linear(2 * factors, 1)

    def forward(self, user, item):
        gmf = self.gmf_user(user) * self.gmf_item(item)
        mlp = self.tower(torch.cat([self.mlp_user(user), self.mlp_item(item)], dim=1))
        return self.output(torch.cat([gmf, mlp], dim=1)).squeeze(1)


def main():
    factors, seconds = int(sys.argv[1]), float(sys.argv[2])
    torch.set_num_threads(1)
    torch.manual_seed(1)
    model = NeuMF(factors)
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    loss_of = nn.BCEWithLogitsLoss()
    batches = [
        (
            torch.randint(0, USERS, (BATCH,)),
            torch.randint(0, ITEMS, (BATCH,)),
            (torch.rand(BATCH) < 0.2).float(),
        )
        for _ in range(64)
    ]

    def step(n):
        user, item, label = batches[n % len(batches)]
        optimizer.zero_grad()
        loss_of(model(user, item), label).backward()
        optimizer.step()

    for n in range(10):
        step(n)
    start, steps = time.perf_counter(), 0
    while time.perf_counter() - start < seconds:
        step(steps)
        steps += 1
    print(steps * BATCH / (time.perf_counter() - start))


main()
