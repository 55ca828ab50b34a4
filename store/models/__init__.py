"""peewee models, one aggregate a module. Nobody outside `store` imports them."""
