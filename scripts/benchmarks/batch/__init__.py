"""How much faster a batch is with two processes than with one."""
