"""One package per platform. No word of a platform lives outside its package."""
