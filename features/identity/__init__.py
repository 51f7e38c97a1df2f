"""Who a source is: the names of an article, who is meant by each of them, by a title or by a pronoun."""
