"""What we hold and how we know it is right: catalogue, packs, the store and its questions."""
