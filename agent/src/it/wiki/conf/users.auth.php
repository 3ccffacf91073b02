# name:password ("right horse"):full name:e-mail:groups
probe:$2y$10$qHbRLn/sh9BmmZCbTIJSae29RqxAvIlr0yH3V3wFbM3fA.cbsIMEi:Probe:probe@shop.example:user
