const http = require("node:http");
const { buildSchema } = require("graphql");
const { createHandler } = require("graphql-http/lib/use/http");

const schema = buildSchema(`
  type Product { sku: ID!, price: Float!, stock: Int! }
  type Query { product(sku: ID!): Product }
  type Mutation { take(sku: ID!, quantity: Int!): Product }
`);
const product = { sku: "demo-1", price: 9.5, stock: 3 };
const rootValue = {
  product: ({ sku }) => (sku === product.sku ? product : null),
  take: ({ quantity }) => {
    if (quantity > product.stock) throw new Error("sold out");
    product.stock -= quantity;
    return product;
  },
};
http.createServer(createHandler({ schema, rootValue })).listen(process.argv[2], "127.0.0.1");
